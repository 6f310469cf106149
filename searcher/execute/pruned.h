/* pruned.h - the executors that skip what cannot be among the k best.
 *
 * Each gives the documents, order and bits of score of execute_exhaustive.
 * They need a collector; matches are counted only where that costs nothing
 * (Execution.counted).
 */
#ifndef QUERN_EXECUTE_PRUNED_H
#define QUERN_EXECUTE_PRUNED_H

#include "searcher/execute/ranged_list.h"

/* Shows the k best of the segment to the collector by the executor that fits
 * the plan; execute_exhaustive where none does. */
NODISCARD Status execute_best(Execution *execution, Error *error);

/* One plain word, or a should-only group of them. `correction` as of
 * ranged_correction. */
NODISCARD Status execute_union(Execution *execution, float correction,
                               Error *error);

/* One plain word. */
NODISCARD Status execute_single_term(Execution *execution, float correction,
                                     Error *error);

/* A group of plain words, at least one of them required. */
NODISCARD Status execute_conjunction(Execution *execution, float correction,
                                     Error *error);

/* A phrase, or a group that requires one, or required words that are to be
 * counted too. Not *done, and nothing shown, where the plan is another, where
 * all its required words are frequent and matches are not both ranked and
 * counted, or where too many documents have them (these have been counted). */
NODISCARD Status execute_two_phase(Execution *execution, float correction,
                                   bool *done, Error *error);

/* Any plan. */
NODISCARD Status execute_bounded_tree(Execution *execution, float correction,
                                      Error *error);

/* A score that at least k documents reach, from stored k-th best values, or
 * 0. Holds for alternatives of plain words alone, with the index's own
 * parameters and no filter of ids. */
float plan_primed_score(const Plan *plan, uint32_t k);

/* The sum of the weights of all leaves. */
double plan_weight_sum(const PlanNode *node);

/* What the smallest score of a leaf in the segment allows. */
typedef enum SumsKind {
    SUMS_EXACT,   /* every sum of scores is exact in double: order is free */
    SUMS_ORDERED, /* the last bit may depend on the order */
    SUMS_ZERO     /* a match may score 0 */
} SumsKind;

SumsKind execution_sums(const Execution *execution);

#endif
