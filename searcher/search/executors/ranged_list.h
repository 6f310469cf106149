/* ranged_list.h - one term's list in one segment, with a bound for each range.
 *
 * Pruning executors see a segment as ranges of 64 documents (range_kernels.h
 * says what the literature calls them). Of each list they know one byte a
 * range, its block-max score in 255ths: no posting in the range scores above
 * byte * byte_weight, and 0 means that there is no posting. Frequent terms have
 * these bytes in the index; other lists are short enough to be unpacked and
 * scored as a whole, and the bytes are computed from the scores.
 */
#ifndef QUERN_EXECUTORS_RANGED_LIST_H
#define QUERN_EXECUTORS_RANGED_LIST_H

#include "searcher/search/executors/execution.h"
#include "searcher/search/kernels/range_kernels.h"

typedef enum RangedKind {
    RANGED_UNPACKED, /* unpacked: docs and scores */
    RANGED_BLOCKS,   /* stored bounds, blocks of 128 */
    RANGED_BITMAP    /* stored bounds, a bit a document */
} RangedKind;

typedef struct RangedList {
    RangedKind kind;
    const Postings *list;
    ListCursor *cursor;
    const float *inverse;
    const uint8_t *norms;
    const RangeKernels *kernels;
    float weight;
    float byte_weight;      /* score bound of byte 1, rounding included */
    uint16_t multiplier;    /* the same in units of integer sums / 256 */
    const uint8_t *ranges;  /* one byte a range */
    const uint8_t *windows; /* one byte a window; NULL if unpacked */

    /* unpacked */
    uint32_t *docs; /* count, then UINT32_MAX */
    float *scores;
    uint32_t count;
    uint32_t at; /* where the next search for a docid starts */

    /* blocks */
    uint32_t scored_block; /* whose scores are in block_scores */
    float *block_scores;
} RangedList;

/* Shared by the lists of one query in a segment. */
typedef struct RangedScale {
    float units;      /* integer units in one of score */
    float slack;      /* factor that covers the rounding of float sums */
    float correction; /* of stored bounds, which may have been made with other
                         parameters; see ranged_correction */
} RangedScale;

/* Stored bounds belong to the segment's own k1, b and average length: times
 * this they are bounds for the query (scoring.h). */
float ranged_correction(const Execution *execution);

/* For `count` lists whose weights sum to weight_sum. */
RangedScale ranged_scale(float correction, double weight_sum, size_t count);

/* Integer units / 256 of one step of a stored bound, for a leaf of this weight.
 */
uint16_t ranged_multiplier(const RangedScale *scale, float weight);

/* The integer sum that a score of at least `needed` must reach; >= 1. */
static inline uint16_t ranged_min_sum(const RangedScale *scale, float needed)
{
    float min = needed * scale->units * (1.0f - 0x1p-20f);
    if (min < 1.0f) return 1;
    return min < (float)UINT16_MAX ? (uint16_t)min : UINT16_MAX;
}

/* Unpacks and scores the list if it has no stored bounds. */
NODISCARD Status ranged_list_init(RangedList *ranged,
                                  const Execution *execution,
                                  const PlanNode *leaf,
                                  const RangedScale *scale, Error *error);

typedef void RangeScorer(void *self, uint32_t range);

/* Scores up to `wanted` of these ranges with the highest sums, which raise the
 * threshold most; removes them and sets their sums to 0. Returns how many are
 * left, in order. Does nothing if there are few ranges. */
size_t ranges_score_seeds(uint16_t *sums, uint32_t *ranges, size_t count,
                          size_t wanted, RangeScorer *score, void *self);

/* Adds the bounds of the list to integer sums. */
void ranged_list_add_bounds(const RangedList *ranged, uint16_t *sums,
                            size_t range_count);

/* Back to the first range. */
void ranged_list_rewind(RangedList *ranged);

/* The documents of a range that the list has, one bit each. Ranges must ascend.
 */
uint64_t ranged_list_documents(RangedList *ranged, uint32_t range);

/* Adds the scores of the wanted documents of a range to its 64 sums. Ranges
 * must ascend. */
void ranged_list_add_range(RangedList *ranged, uint32_t range, uint64_t wanted,
                           double *sums);

/* Adds the scores of the documents in a window's live ranges (a bit each) to
 * its 4,096 sums; returns the ranges that got one. Windows must ascend. */
uint64_t ranged_list_add_window(RangedList *ranged, uint32_t window,
                                uint64_t live, double *sums);

/* The score of a document; false if the list does not have it. Docids must
 * ascend. */
bool ranged_list_look_up(RangedList *ranged, uint32_t docid, float *score);

#endif
