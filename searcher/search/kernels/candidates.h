/* candidates.h - documents of a window that may be among the k best.
 *
 * What MaxScore does with a window whose essential lists are added up: take
 * the documents whose sum can still reach what is needed, complete their sums
 * with the other lists, drop those that fall behind. Vector kernels; the
 * scalar ones are the reference.
 */
#ifndef QUERN_KERNELS_CANDIDATES_H
#define QUERN_KERNELS_CANDIDATES_H

#include "common/segment/postings/postings.h"

/* Of each array: a window and a vector. */
enum { CANDIDATE_ROOM = WINDOW_DOCUMENTS + RANGE_DOCUMENTS };

/* Ascending; the places behind `count` hold anything. */
typedef struct Candidates {
    uint32_t *docids;
    double *sums; /* of the lists that were added or looked up */
    size_t count;
} Candidates;

/* The sums of a window and what the lists that are not in them can add. */
typedef struct WindowSums {
    double *sums;       /* 4,096 */
    const float *rests; /* one for each of 64 ranges */
    uint64_t touched;   /* ranges whose sums are not all 0, a bit each */
    uint32_t first;     /* docid of the window's first document */
} WindowSums;

/* A bitmap list and how its postings score. */
typedef struct BitmapList {
    const Postings *list;
    const uint8_t *norms;
    const float *inverse; /* of each norm code */
    float weight;
} BitmapList;

/* Takes the documents of touched ranges whose sum is above 0 and, with their
 * range's rest, reaches `needed`; clears the sums. */
typedef void CandidatesTake(Candidates *candidates, const WindowSums *window,
                            double needed);

/* Drops those whose sum and rest do not reach `needed`. */
typedef void CandidatesDrop(Candidates *candidates, const float *rests,
                            double needed);

/* Adds the list's scores. Candidates whose tf is an exception are only named
 * in `exceptions` (room for all; ascending numbers of candidates); how many. */
typedef size_t CandidatesLookUp(Candidates *candidates, const BitmapList *list,
                                uint32_t *exceptions);

CandidatesTake candidates_take_scalar, candidates_take_avx512;
CandidatesDrop candidates_drop_scalar, candidates_drop_avx512;
CandidatesLookUp candidates_look_up_scalar, candidates_look_up_avx512;

#endif
