/* removed_lengths.h - the exact lengths of removed documents, which their norms
 * only bound. */
#ifndef QUERN_UPDATE_REMOVED_LENGTHS_H
#define QUERN_UPDATE_REMOVED_LENGTHS_H

#include "common/segment/contents/contents.h"
#include "common/segment/segment.h"
#include "indexer/update/removal_set.h"

/* The removed documents of a segment, numbered in the order of docids. */
typedef struct RemovedRanks {
    const uint64_t *bits; /* borrowed */
    uint32_t *before;     /* owned: how many are removed before each word */
    uint32_t document_count, count;
} RemovedRanks;

NODISCARD Status removed_ranks_init(RemovedRanks *ranks,
                                    const SegmentRemovals *removed,
                                    uint32_t document_count, Error *error);
void removed_ranks_release(RemovedRanks *ranks);

static inline bool is_removed(const RemovedRanks *ranks, uint32_t docid)
{
    return ranks->bits[docid / 64] >> (docid % 64) & 1;
}

/* The number of a removed document. */
static inline uint32_t removed_rank(const RemovedRanks *ranks, uint32_t docid)
{
    uint64_t below = (UINT64_C(1) << (docid % 64)) - 1;
    return ranks->before[docid / 64] +
           (uint32_t)__builtin_popcountll(ranks->bits[docid / 64] & below);
}

typedef struct RemovedLengths {
    Segment *segment;
    const Contents *contents; /* has them; or NULL */
    const RemovedRanks *ranks;
    uint64_t *tf_sums; /* the sum of all tf of each document; becomes its
                          length */
    bool is_shared;    /* tokens of some documents share positions */
} RemovedLengths;

/* ERR_UNSUPPORTED if a length cannot be known: positions are shared, and the
 * index has neither contents nor positions. */
NODISCARD Status removed_lengths_find(RemovedLengths *lengths, Error *error);

#endif
