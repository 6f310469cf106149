/* posting_find.h - one document's posting in a list. */
#ifndef QUERN_POSTINGS_POSTING_FIND_H
#define QUERN_POSTINGS_POSTING_FIND_H

#include "common/segment/postings/postings.h"

/* Whether the list has the document: the number of its posting and its tf. The
 * list must have been opened by postings_open; docid < document_count. */
bool posting_find(const Postings *list, uint32_t docid, uint32_t *number,
                  uint32_t *tf);

#endif
