/* exhaustive.c - the reference executor: scores every match, without pruning.
 *
 * The other executors are compared with it; --exhaustive runs it.
 */
#include "searcher/search/executors/evaluator.h"
#include "searcher/search/executors/executors.h"

static void collect_matches(Execution *x, const Evaluator *e,
                            const MatchSet *matches)
{
    for (uint32_t at = match_set_next(e, matches, 0); at < WINDOW_DOCUMENTS;
         at = match_set_next(e, matches, at + 1)) {
        x->total++;
        if (!x->collector) continue;
        collector_push(x->collector, matches->scores[at],
                       x->first_docid + e->first + at);
    }
}

Status execute_exhaustive(Execution *execution, Error *error)
{
    Evaluator evaluator;
    Status status = evaluator_init(&evaluator, execution, error);
    if (status != OK) return status;
    for (uint32_t w = 0; w < execution->segment->window_count; w++) {
        const MatchSet *matches = evaluator_match(
            &evaluator, w * WINDOW_DOCUMENTS, WINDOW_WORDS);
        collect_matches(execution, &evaluator, matches);
    }
    return OK;
}
