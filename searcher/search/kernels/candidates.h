/* candidates.h - candidates of a window: documents that may be among the k
 * best.
 *
 * The second half of MaxScore (Turtle and Flood, 1995) for one window, once the
 * scores of its essential lists are summed: take the documents whose sum can
 * still reach the threshold, complete their sums with the non-essential lists,
 * drop those that cannot reach it any more. Vector kernels; the scalar ones are
 * the reference.
 */
#ifndef QUERN_KERNELS_CANDIDATES_H
#define QUERN_KERNELS_CANDIDATES_H

#include "common/segment/postings/postings.h"

/* Of each array: a window and a vector. */
enum { CANDIDATE_ROOM = WINDOW_DOCUMENTS + RANGE_DOCUMENTS };

/* Docids ascend; slots from `count` on are undefined. */
typedef struct Candidates {
    uint32_t *docids;
    double *sums; /* of the lists that were added or looked up */
    size_t count;
} Candidates;

/* The sums of a window, and what the non-essential lists can add to them. */
typedef struct WindowSums {
    double *sums; /* 4,096 */
    const float
        *rests; /* upper bound of what other lists add, for each of 64 ranges */
    uint64_t touched; /* ranges whose sums are not all 0, a bit each */
    uint32_t first;   /* docid of the window's first document */
} WindowSums;

/* A bitmap list and what its scores are computed from. */
typedef struct BitmapList {
    const Postings *list;
    const uint8_t *norms;
    const float *inverse; /* of each norm code */
    float weight;
} BitmapList;

/* Takes the documents of touched ranges whose sum is above 0 and reaches
 * `needed` together with the rest of their range; clears the sums. */
typedef void CandidatesTake(Candidates *candidates, const WindowSums *window,
                            double needed);

/* Drops the candidates whose sum and rest together do not reach `needed`. */
typedef void CandidatesDrop(Candidates *candidates, const float *rests,
                            double needed);

/* Adds the list's scores. Candidates whose tf is stored as an exception are not
 * scored: their indexes go to `exceptions`, ascending, which has room for all;
 * returns how many. */
typedef size_t CandidatesLookUp(Candidates *candidates, const BitmapList *list,
                                uint32_t *exceptions);

CandidatesTake candidates_take_scalar, candidates_take_avx512;
CandidatesDrop candidates_drop_scalar, candidates_drop_avx512;
CandidatesLookUp candidates_look_up_scalar, candidates_look_up_avx512;

#endif
