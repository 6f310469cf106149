/* index_ids.h - the live document of an id, in a whole index. */
#ifndef QUERN_DOCUMENTS_INDEX_IDS_H
#define QUERN_DOCUMENTS_INDEX_IDS_H

#include "common/segment/index.h"

/* *found false if no live document has the id; there is at most one. */
NODISCARD Status index_find_id(const Index *index, Span id, size_t *segment,
                               uint32_t *docid, bool *found, Error *error);

/* Appends the id of the first live document; there must be one. */
NODISCARD Status index_first_id(const Index *index, Buf *out, Error *error);

#endif
