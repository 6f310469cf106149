/* bounds.h - upper bounds of sums of scores; a first threshold for the k-th. */
#ifndef QUERN_EXECUTORS_BOUNDS_H
#define QUERN_EXECUTORS_BOUNDS_H

#include "searcher/search/executors/execution.h"

/* A score that at least k documents reach, from the stored k-th best values of
 * terms, or 0 (threshold priming, as in PISA). Valid only for plain words that
 * are alternatives, and if all live documents may be hits. */
float plan_primed_score(const Plan *plan, uint32_t k);

/* A score that k documents probably reach, or 0: of the index as a whole, where
 * plan_primed_score knows of one segment and has to allow for removed
 * documents. Only what is found with it can tell whether it was right. */
float plan_guessed_score(const Plan *plan, uint32_t k);

/* What no document of a segment scores above; below 0 if none can match. From
 * the words' lists alone, so that a segment can be left out before it is
 * entered. */
double plan_segment_bound(const Plan *plan, size_t segment);

/* How the smallest possible score of a leaf limits the order of summing. */
typedef enum SumsKind {
    SUMS_EXACT, /* every sum of scores is exact in double: any order will do */
    SUMS_ORDERED, /* the last bit may depend on the order */
    SUMS_ZERO     /* a match may score 0 */
} SumsKind;

SumsKind execution_sums(const Execution *execution);

#endif
