/* exhaustive.c - the reference executor: scores every match, without pruning.
 *
 * The other executors are compared with it; --exhaustive runs it.
 */
#include "searcher/search/executors/evaluator.h"
#include "searcher/search/executors/executors.h"

/* Collects the matches; returns their number. */
static uint64_t collect_matches(Execution *x, const Evaluator *e,
                                const MatchSet *matches)
{
    uint64_t count = 0;
    for (uint32_t at = match_set_next(e, matches, 0); at < WINDOW_DOCUMENTS;
         at = match_set_next(e, matches, at + 1)) {
        count++;
        if (!x->collector) continue;
        collector_push(x->collector, matches->scores[at],
                       x->first_docid + e->first + at);
    }
    return count;
}

Status execute_exhaustive(Execution *execution, Error *error)
{
    Evaluator evaluator;
    uint64_t count = 0;
    execution->counters.executor = "exhaustive";
    Status status = evaluator_init(&evaluator, execution, error);
    if (status != OK) return status;
    for (uint32_t w = 0; w < execution->segment->window_count; w++) {
        const MatchSet *matches = evaluator_match(
            &evaluator, w * WINDOW_DOCUMENTS, WINDOW_WORDS);
        count += collect_matches(execution, &evaluator, matches);
    }
    execution->counters.ranges_scored += execution->segment->range_count;
    execution->counters.documents_scored += count;
    execution_set_count(execution, count);
    return OK;
}
