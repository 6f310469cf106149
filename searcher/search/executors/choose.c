/* choose.c - chooses the executor for a plan: the one file that knows all
 * executors.
 */
#include "searcher/search/executors/bounds.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/ranged_list.h"

/* Bounds made with very different k1 and b prune too little. */
static const float MAX_CORRECTION = 8.0f;

Status execute_best(Execution *execution, Error *error)
{
    const PlanNode *root = execution->plan->root;
    float correction = ranged_correction(execution);
    if (!(correction <= MAX_CORRECTION) ||
        execution_sums(execution) == SUMS_ZERO) {
        return execute_exhaustive(execution, error);
    }
    if (plan_is_word(root)) {
        return execute_single_term(execution, correction, error);
    }
    if (plan_is_union(root)) return execute_union(execution, correction, error);
    bool done;
    Status status = execute_phrase(execution, correction, &done, error);
    if (status != OK || done) return status;
    status = execute_two_phase(execution, correction, &done, error);
    if (status != OK || done) return status;
    if (plan_is_conjunction(root)) {
        return execute_conjunction(execution, correction, error);
    }
    if (execution->plan->cursor_count > PLAN_MAX_LISTS) {
        return execute_exhaustive(execution, error);
    }
    return execute_bounded_tree(execution, correction, error);
}
