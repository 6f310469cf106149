/* result_samples.c - the samples of a row of a table. */
#include "bench/results/result_samples.h"

#include <math.h>
#include <stdlib.h>

size_t results_launch_count(const Results *results, size_t engine)
{
    const ResultSamples *passes = results->samples.items;
    size_t count = 0;
    for (size_t i = 0; i < results->samples.count; i++) {
        if (passes[i].engine == engine && passes[i].launch >= count)
            count = passes[i].launch + 1;
    }
    return count;
}

size_t results_null_engine(const Results *results)
{
    size_t i = 0;
    while (i < results->engines.count &&
           results_engine(results, i)->kind != ENGINE_NULL) {
        i++;
    }
    return i;
}

static bool has_text(const TextList *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!strcmp(list->items[i], text)) return true;
    }
    return false;
}

Status results_classes(const Results *results, TextList *classes, Error *error)
{
    *classes = (TextList){0};
    classes->items = calloc(results->queries.count + 1, sizeof *classes->items);
    if (!classes->items) return fail_memory(error, "listing classes");
    for (size_t i = 0; i < results->queries.count; i++) {
        const char *name = results_query(results, i)->class_name;
        if (!has_text(classes, name)) classes->items[classes->count++] = name;
    }
    return OK;
}

static bool is_chosen(const Results *results, const SampleChoice *choice,
                      size_t query)
{
    if (choice->chosen && !choice->chosen[query]) return false;
    return !choice->class_name ||
           !strcmp(results_query(results, query)->class_name,
                   choice->class_name);
}

/* The cost of the pipe: a value for each launch and query (minima) or for each
 * launch. */
typedef struct PipeCost {
    double *values; /* owned; NULL: nothing is subtracted */
    size_t stride;  /* 1, or the number of queries */
    size_t launches;
} PipeCost;

static int compare_integers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The median of all times of a launch; 0 if there are none. */
static Status launch_median(const Results *results, SampleChoice choice,
                            size_t launch, double *median, Error *error)
{
    Buf times = {0};
    const ResultSamples *passes = results->samples.items;
    for (size_t i = 0; i < results->samples.count; i++) {
        const ResultSamples *pass = &passes[i];
        if (pass->engine != choice.engine || pass->launch != launch ||
            pass->workload != choice.workload) {
            continue;
        }
        for (size_t q = 0; q < pass->ns.count; q++) {
            if (pass->ns.items[q] > 0)
                buf_put(&times, &pass->ns.items[q], sizeof(int64_t));
        }
    }
    Status status = buf_check(&times, "subtracting the pipe", error);
    size_t count = times.size / sizeof(int64_t);
    int64_t *sorted = (int64_t *)(void *)times.data;
    if (count) qsort(sorted, count, sizeof *sorted, compare_integers);
    *median = count ? (double)sorted[count / 2] : 0;
    buf_release(&times);
    return status;
}

/* The least time of each launch and query; 0: none. */
static void put_minima(const Results *results, SampleChoice choice,
                       double *minima, size_t launches)
{
    const ResultSamples *passes = results->samples.items;
    for (size_t i = 0; i < results->samples.count; i++) {
        const ResultSamples *pass = &passes[i];
        if (pass->engine != choice.engine || pass->launch >= launches ||
            pass->workload != choice.workload) {
            continue;
        }
        double *least = minima + pass->launch * results->queries.count;
        for (size_t q = 0; q < pass->ns.count; q++) {
            double ns = (double)pass->ns.items[q];
            if (ns > 0 && (least[q] == 0 || ns < least[q])) least[q] = ns;
        }
    }
}

static Status pipe_cost_init(PipeCost *cost, const Results *results,
                             SampleChoice choice, size_t launches, Error *error)
{
    *cost = (PipeCost){.launches = launches};
    EngineKind kind = results_engine(results, choice.engine)->kind;
    bool has_pipe = kind == ENGINE_PIPE || kind == ENGINE_PEER;
    choice.engine = results_null_engine(results);
    if (!has_pipe || choice.engine == results->engines.count) return OK;
    bool is_minimum = choice.table == TABLE_MINIMUM;
    cost->stride = is_minimum ? results->queries.count : 1;
    cost->values = calloc(launches * cost->stride + 1, sizeof(double));
    if (!cost->values) return fail_memory(error, "subtracting the pipe");
    if (is_minimum) put_minima(results, choice, cost->values, launches);
    Status status = OK;
    for (size_t i = 0; !is_minimum && status == OK && i < launches; i++)
        status = launch_median(results, choice, i, &cost->values[i], error);
    return status;
}

static double without_pipe(const PipeCost *cost, double ns, size_t launch,
                           size_t query)
{
    if (!cost->values) return ns;
    size_t at = cost->stride == 1 ? launch : launch * cost->stride + query;
    return fmax(ns - cost->values[at], 0);
}

static void put_sample(Buf *out, double value, size_t launch, size_t query)
{
    Sample sample = {value, (uint32_t)launch, (uint32_t)query};
    buf_put(out, &sample, sizeof sample);
}

static Status collect_minima(const Results *results, const SampleChoice *choice,
                             const PipeCost *cost, Buf *out, Error *error)
{
    size_t queries = results->queries.count;
    double *minima = calloc(cost->launches * queries + 1, sizeof *minima);
    if (!minima) return fail_memory(error, "collecting samples");
    put_minima(results, *choice, minima, cost->launches);
    for (size_t launch = 0; launch < cost->launches; launch++) {
        for (size_t q = 0; q < queries; q++) {
            double ns = minima[launch * queries + q];
            if (ns > 0 && is_chosen(results, choice, q))
                put_sample(out, without_pipe(cost, ns, launch, q), launch, q);
        }
    }
    free(minima);
    return OK;
}

static void collect_all(const Results *results, const SampleChoice *choice,
                        const PipeCost *cost, Buf *out)
{
    const ResultSamples *passes = results->samples.items;
    for (size_t i = 0; i < results->samples.count; i++) {
        const ResultSamples *pass = &passes[i];
        if (pass->engine != choice->engine ||
            pass->workload != choice->workload) {
            continue;
        }
        for (size_t q = 0; q < pass->ns.count; q++) {
            double ns = (double)pass->ns.items[q];
            if (ns <= 0 || !is_chosen(results, choice, q)) continue;
            ns = without_pipe(cost, ns, pass->launch, q);
            put_sample(out, ns, pass->launch, q);
        }
    }
}

Status samples_collect(const Results *results, SampleChoice choice,
                       SampleSet *set, Error *error)
{
    Buf samples = {0};
    PipeCost cost;
    size_t launches = results_launch_count(results, choice.engine);
    *set = (SampleSet){.launches = (uint32_t)launches,
                       .queries = (uint32_t)results->queries.count};
    Status status = pipe_cost_init(&cost, results, choice, launches, error);
    if (status == OK && choice.table == TABLE_MINIMUM) {
        status = collect_minima(results, &choice, &cost, &samples, error);
    } else if (status == OK) {
        collect_all(results, &choice, &cost, &samples);
    }
    free(cost.values);
    if (status == OK) status = buf_check(&samples, "collecting samples", error);
    if (status != OK) {
        buf_release(&samples);
        return status;
    }
    void *items = samples.data; /* taken over */
    set->samples = items;
    set->count = samples.size / sizeof(Sample);
    return OK;
}
