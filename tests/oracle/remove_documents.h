/* remove_documents.h - an index from which documents are removed, the slow way.
 */
#ifndef QUERN_ORACLE_REMOVE_DOCUMENTS_H
#define QUERN_ORACLE_REMOVE_DOCUMENTS_H

#include "common/segment/index.h"

/* Writes the files of removed documents and another MANIFEST. `live` and
 * `lengths` are of each document of the index, which has no removals yet;
 * a segment without live documents is dropped. Corrections are counted in every
 * list; lengths too, if they are NULL: as sums of tf, which are right where no
 * two tokens share a position. */
NODISCARD Status remove_documents(const Index *index, const bool *live,
                                  const size_t *lengths, Error *error);

#endif
