/* engine_times.c - the times of the engines for one workload, for charts. */
#include "bench/report/engine_times.h"

#include "bench/results/result_samples.h"

#include <stdlib.h>

static int compare_times(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The least of the launches' minima of each query. */
static Status take_minima(const Results *results, size_t workload,
                          EngineTimes *times, Error *error)
{
    SampleSet set = {0};
    SampleChoice choice = {TABLE_MINIMUM, times->engine, workload, NULL, NULL};
    size_t queries = results->queries.count;
    Status status = samples_collect(results, choice, &set, error);
    if (status != OK) return status;
    times->by_query = calloc(queries + 1, sizeof *times->by_query);
    times->minima = calloc(queries + 1, sizeof *times->minima);
    if (!times->by_query || !times->minima) {
        free(set.samples);
        return fail_memory(error, "reading results");
    }
    for (size_t i = 0; i < set.count; i++) {
        double *least = &times->by_query[set.samples[i].query];
        double value = set.samples[i].value;
        if (*least == 0 || value < *least) *least = value;
    }
    for (size_t i = 0; i < queries; i++) {
        if (times->by_query[i] > 0)
            times->minima[times->minimum_count++] = times->by_query[i];
    }
    qsort(times->minima, times->minimum_count, sizeof *times->minima,
          compare_times);
    free(set.samples);
    return OK;
}

static Status take_all(const Results *results, size_t workload,
                       EngineTimes *times, Error *error)
{
    SampleSet set = {0};
    SampleChoice choice = {TABLE_ALL, times->engine, workload, NULL, NULL};
    Status status = samples_collect(results, choice, &set, error);
    if (status != OK) return status;
    times->all = calloc(set.count + 1, sizeof *times->all);
    for (size_t i = 0; times->all && i < set.count; i++) {
        if (set.samples[i].value > 0)
            times->all[times->all_count++] = set.samples[i].value;
    }
    free(set.samples);
    if (!times->all) return fail_memory(error, "reading results");
    qsort(times->all, times->all_count, sizeof *times->all, compare_times);
    return OK;
}

static void release_engine(EngineTimes *times)
{
    free(times->by_query);
    free(times->minima);
    free(times->all);
    *times = (EngineTimes){0};
}

static Status add_engine(const Results *results, size_t engine,
                         WorkloadTimes *out, Error *error)
{
    EngineTimes *times = &out->engines[out->count];
    *times = (EngineTimes){.engine = engine};
    Status status = take_minima(results, out->workload, times, error);
    if (status == OK) status = take_all(results, out->workload, times, error);
    if (status == OK && times->minimum_count) {
        out->count++;
    } else {
        release_engine(times);
    }
    return status;
}

Status workload_times_collect(const Results *results, size_t workload,
                              WorkloadTimes *out, Error *error)
{
    size_t engines = results->engines.count;
    *out = (WorkloadTimes){.workload = workload};
    out->engines = calloc(engines + 1, sizeof *out->engines);
    if (!out->engines) return fail_memory(error, "reading results");
    Status status = OK;
    for (size_t i = 0; status == OK && i < engines; i++) {
        if (results_engine(results, i)->kind == ENGINE_NULL) continue;
        status = add_engine(results, i, out, error);
    }
    if (status != OK) workload_times_release(out);
    return status;
}

void workload_times_release(WorkloadTimes *times)
{
    for (size_t i = 0; i < times->count; i++)
        release_engine(&times->engines[i]);
    free(times->engines);
    *times = (WorkloadTimes){0};
}
