/* results.c - the results of a run in memory. */
#include "bench/results/results.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 16 };

void results_release(Results *results)
{
    ResultList *lists[] = {
        &results->engines,  &results->workloads, &results->queries,
        &results->launches, &results->samples,   &results->colds,
        &results->answers,  &results->hits,      &results->differences,
        &results->traces,   &results->qualities, &results->rows};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->items);
    arena_release(&results->arena);
    *results = (Results){0};
}

Status results_check(const Results *results, Error *error)
{
    bool failed = results->status != OK || results->arena.status != OK;
    return failed ? fail_memory(error, "keeping the results") : OK;
}

void result_list_add(Results *results, ResultList *list, const void *record,
                     size_t size)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : FIRST_CAPACITY;
        void *items = realloc(list->items, capacity * size);
        if (!items) {
            results->status = ERR_NO_MEMORY;
            return;
        }
        list->items = items;
        list->capacity = capacity;
    }
    memcpy((char *)list->items + list->count * size, record, size);
    list->count++;
}

void results_add_engine(Results *results, const ResultEngine *engine)
{
    result_list_add(results, &results->engines, engine, sizeof *engine);
}

void results_add_workload(Results *results, const ResultWorkload *workload)
{
    result_list_add(results, &results->workloads, workload, sizeof *workload);
}

void results_add_query(Results *results, const ResultQuery *query)
{
    result_list_add(results, &results->queries, query, sizeof *query);
}

void results_add_launch(Results *results, const ResultLaunch *launch)
{
    result_list_add(results, &results->launches, launch, sizeof *launch);
}

void results_add_samples(Results *results, const ResultSamples *samples)
{
    result_list_add(results, &results->samples, samples, sizeof *samples);
}

void results_add_cold(Results *results, const ResultCold *cold)
{
    result_list_add(results, &results->colds, cold, sizeof *cold);
}

void results_add_answers(Results *results, const ResultAnswers *answers)
{
    result_list_add(results, &results->answers, answers, sizeof *answers);
}

void results_add_hits(Results *results, const ResultHits *hits)
{
    result_list_add(results, &results->hits, hits, sizeof *hits);
}

void results_add_difference(Results *results, const ResultDifference *one)
{
    result_list_add(results, &results->differences, one, sizeof *one);
}

void results_add_trace(Results *results, const ResultTrace *trace)
{
    result_list_add(results, &results->traces, trace, sizeof *trace);
}

void results_add_quality(Results *results, const ResultQuality *quality)
{
    result_list_add(results, &results->qualities, quality, sizeof *quality);
}

void results_add_row(Results *results, const ResultRow *row)
{
    result_list_add(results, &results->rows, row, sizeof *row);
}

const char *result_text(Results *results, Span text)
{
    Span copy = arena_copy(&results->arena, text);
    return copy.data ? (const char *)copy.data : "";
}

IntegerList result_integers(Results *results, size_t count)
{
    int64_t *items = arena_zeroed(&results->arena, count, sizeof *items);
    return (IntegerList){items, items ? count : 0};
}

TextList result_texts(Results *results, size_t count)
{
    const char **items = arena_alloc(&results->arena, count * sizeof *items);
    for (size_t i = 0; items && i < count; i++) items[i] = "";
    return (TextList){items, items ? count : 0};
}
