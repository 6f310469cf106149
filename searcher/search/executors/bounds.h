/* bounds.h - what scores can be at most, and what the k-th is at least. */
#ifndef QUERN_EXECUTORS_BOUNDS_H
#define QUERN_EXECUTORS_BOUNDS_H

#include "searcher/search/executors/execution.h"

/* A score that at least k documents reach, from stored k-th best values, or
 * 0. Holds for alternatives of plain words alone, with the index's own
 * parameters and no filter of ids. */
float plan_primed_score(const Plan *plan, uint32_t k);

/* What the smallest score of a leaf in the segment allows. */
typedef enum SumsKind {
    SUMS_EXACT,   /* every sum of scores is exact in double: order is free */
    SUMS_ORDERED, /* the last bit may depend on the order */
    SUMS_ZERO     /* a match may score 0 */
} SumsKind;

SumsKind execution_sums(const Execution *execution);

#endif
