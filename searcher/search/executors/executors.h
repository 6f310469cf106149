/* executors.h - the executors, one a file.
 *
 * Each shows the k best documents of a segment to the collector and gives the
 * documents, order and bits of score of execute_exhaustive. Those that prune
 * need a collector; matches are counted only where that costs nothing
 * (Execution.counted).
 */
#ifndef QUERN_EXECUTORS_EXECUTORS_H
#define QUERN_EXECUTORS_EXECUTORS_H

#include "searcher/search/executors/execution.h"

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

/* Scores and counts every match: no bound, no threshold. */
NODISCARD Status execute_exhaustive(Execution *execution, Error *error);

/* Counts the matches in the segment (execution_set_count). */
NODISCARD Status execute_count(Execution *execution, Error *error);

/* The exact score of a document, as execute_exhaustive computes it; false if
 * the plan does not match it. Docids go forward. */
bool score_document(Execution *execution, const PlanNode *node, uint32_t docid,
                    float *score);

#endif
