/* executors.h - the executors, one a file.
 *
 * Each pushes the k best documents of a segment to the collector and gives the
 * same documents, order and bits of score as execute_exhaustive. Those that
 * prune need a collector; they count matches only where that costs nothing
 * (Execution.counted).
 */
#ifndef QUERN_EXECUTORS_EXECUTORS_H
#define QUERN_EXECUTORS_EXECUTORS_H

#include "searcher/search/executors/execution.h"

/* Runs the executor that suits the plan; execute_exhaustive if none does. */
NODISCARD Status execute_best(Execution *execution, Error *error);

/* One plain word, or a disjunction of plain words. `correction` is that of
 * ranged_correction. */
NODISCARD Status execute_union(Execution *execution, float correction,
                               Error *error);

/* One plain word. */
NODISCARD Status execute_single_term(Execution *execution, float correction,
                                     Error *error);

/* A group of plain words of which at least one is required. */
NODISCARD Status execute_conjunction(Execution *execution, float correction,
                                     Error *error);

/* An exact phrase of a few different words. *done is false, and nothing was
 * collected, if the plan has another form. Counts matches if asked to. */
NODISCARD Status execute_phrase(Execution *execution, float correction,
                                bool *done, Error *error);

/* A phrase, or a group that requires one, or required words whose matches are
 * to be counted too. *done is false, and nothing was collected, if the plan has
 * another form, if all its required words are frequent and matches are not both
 * ranked and counted, or if too many documents have them (which have been
 * counted then). */
NODISCARD Status execute_two_phase(Execution *execution, float correction,
                                   bool *done, Error *error);

/* Any plan. */
NODISCARD Status execute_bounded_tree(Execution *execution, float correction,
                                      Error *error);

/* Scores and counts every match, without bounds or threshold. */
NODISCARD Status execute_exhaustive(Execution *execution, Error *error);

/* Counts the matches in the segment (execution_set_count). */
NODISCARD Status execute_count(Execution *execution, Error *error);

/* The exact score of a document, as execute_exhaustive computes it; false if
 * the document does not match. Docids must ascend. */
bool score_document(Execution *execution, const PlanNode *node, uint32_t docid,
                    float *score);

#endif
