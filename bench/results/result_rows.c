/* result_rows.c - the figures of the tables, computed from samples. */
#include "bench/results/result_rows.h"

#include "bench/results/result_samples.h"

#include <math.h>
#include <stdlib.h>

static int64_t count_queries(const SampleSet *set)
{
    uint8_t *seen = calloc(set->queries + 1, 1);
    int64_t count = 0;
    for (size_t i = 0; seen && i < set->count; i++) {
        count += !seen[set->samples[i].query];
        seen[set->samples[i].query] = 1;
    }
    free(seen);
    return count;
}

/* Queries a second from their mean: the interval turns around. */
static void add_rate(Results *results, ResultRow row, const FigureSet *figures)
{
    const Interval *mean = &figures->intervals[FIGURE_MEAN];
    row.figure = "qps";
    row.value = 1e9 / figures->values[FIGURE_MEAN];
    row.low = 1e9 / mean->high;
    row.high = 1e9 / mean->low;
    results_add_row(results, &row);
}

static void add_rows(Results *results, SampleChoice choice,
                     const FigureSet *figures, int64_t queries)
{
    ResultRow row = {.table = choice.table,
                     .engine = choice.engine,
                     .workload = choice.workload,
                     .class_name = choice.class_name ? choice.class_name
                                                     : "all",
                     .queries = queries,
                     .samples = (int64_t)figures->count};
    for (int f = 0; f < FIGURES; f++) {
        row.figure = figure_name((Figure)f);
        row.value = figures->values[f];
        row.low = figures->intervals[f].low;
        row.high = figures->intervals[f].high;
        results_add_row(results, &row);
    }
    if (choice.table == TABLE_ALL) add_rate(results, row, figures);
}

static Status add_class(Results *results, SampleChoice choice, Error *error)
{
    SampleSet set;
    FigureSet figures;
    Status status = samples_collect(results, choice, &set, error);
    if (status != OK) return status;
    if (set.count) {
        int64_t queries = count_queries(&set);
        status = choice.table == TABLE_MINIMUM
                     ? figures_of_minima(&set, &figures, error)
                     : figures_of_all(&set, &figures, error);
        if (status == OK) add_rows(results, choice, &figures, queries);
    }
    free(set.samples);
    return status;
}

/* Its classes, and all queries together if there are several. */
static Status add_engine(Results *results, SampleChoice choice,
                         const TextList *classes, Error *error)
{
    Status status = OK;
    for (size_t i = 0; classes->count > 1 && status == OK && i < classes->count;
         i++) {
        choice.class_name = classes->items[i];
        status = add_class(results, choice, error);
    }
    choice.class_name = NULL;
    return status == OK ? add_class(results, choice, error) : status;
}

Status results_compute_rows(Results *results, Error *error)
{
    TextList classes;
    results->rows.count = 0;
    Status status = results_classes(results, &classes, error);
    for (int table = TABLE_MINIMUM; table <= TABLE_ALL; table++) {
        for (size_t w = 0; w < results->workloads.count; w++) {
            for (size_t e = 0; status == OK && e < results->engines.count;
                 e++) {
                SampleChoice choice = {(ResultTable)table, e, w, NULL, NULL};
                status = add_engine(results, choice, &classes, error);
            }
        }
    }
    free(classes.items);
    return status == OK ? results_check(results, error) : status;
}
