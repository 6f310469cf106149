/* index_ids.h - the live document of an id, in a whole index. */
#ifndef QUERN_DOCUMENTS_INDEX_IDS_H
#define QUERN_DOCUMENTS_INDEX_IDS_H

#include "common/segment/index.h"

/* *found false if no live document has the id; there is at most one. */
NODISCARD Status index_find_id(const Index *index, Span id, size_t *segment,
                               uint32_t *docid, bool *found, Error *error);

/* The same for many ids, by one thread. Where many were looked up in a segment,
 * the hashes of its ids are kept in memory, at most 8 MB a segment. Start with
 * {.index = ...}, which is borrowed; release at the end. */
typedef struct IdFinder {
    const Index *index;
    struct SegmentIds *segments; /* of the index, in its order */
} IdFinder;

NODISCARD Status id_finder_find(IdFinder *finder, Span id, size_t *segment,
                                uint32_t *docid, bool *found, Error *error);
void id_finder_release(IdFinder *finder);

/* Appends the id of the first live document; there must be one. */
NODISCARD Status index_first_id(const Index *index, Buf *out, Error *error);

#endif
