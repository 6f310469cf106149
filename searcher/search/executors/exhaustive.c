/* exhaustive.c - the reference executor: scores every match.
 *
 * No pruning of any kind: this is what the other executors are compared with,
 * and what --exhaustive runs.
 */
#include "searcher/search/executors/evaluator.h"
#include "searcher/search/executors/executors.h"

/* Collects the documents of an answer; how many. */
static uint64_t take_answer(Execution *x, const Evaluator *e,
                            const Answer *answer)
{
    uint64_t matches = 0;
    for (uint32_t at = answer_next(e, answer, 0); at < WINDOW_DOCUMENTS;
         at = answer_next(e, answer, at + 1)) {
        matches++;
        if (!x->collector) continue;
        collector_push(x->collector, answer->scores[at],
                       x->first_docid + e->first + at);
    }
    return matches;
}

Status execute_exhaustive(Execution *execution, Error *error)
{
    Evaluator evaluator;
    uint64_t matches = 0;
    Status status = evaluator_init(&evaluator, execution, error);
    if (status != OK) return status;
    for (uint32_t w = 0; w < execution->segment->window_count; w++) {
        const Answer *answer = evaluator_answer(
            &evaluator, w * WINDOW_DOCUMENTS, WINDOW_WORDS);
        matches += take_answer(execution, &evaluator, answer);
    }
    execution_set_count(execution, matches);
    return OK;
}
