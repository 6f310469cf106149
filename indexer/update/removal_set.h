/* removal_set.h - the documents of an index that a writer removes: those that
 * are live in the files, and will not be after the next commit. */
#ifndef QUERN_UPDATE_REMOVAL_SET_H
#define QUERN_UPDATE_REMOVAL_SET_H

#include "common/segment/index.h"

/* Of one segment. */
typedef struct SegmentRemovals {
    uint64_t *bits; /* owned: a bit for each document, 1: it is removed; NULL:
                       none is */
    uint32_t count;
} SegmentRemovals;

/* Start with {0}. */
typedef struct RemovalSet {
    SegmentRemovals *segments; /* owned */
    size_t segment_count;
    uint64_t count; /* of documents */
} RemovalSet;

/* Adds a document that is live and not in the set. */
NODISCARD Status removal_set_add(RemovalSet *set, const Index *index,
                                 size_t segment, uint32_t docid, Error *error);
void removal_set_release(RemovalSet *set);

static inline bool removal_set_has(const RemovalSet *set, size_t segment,
                                   uint32_t docid)
{
    return set->segments && set->segments[segment].bits &&
           (set->segments[segment].bits[docid / 64] >> (docid % 64) & 1);
}

#endif
