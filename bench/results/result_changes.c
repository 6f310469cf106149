/* result_changes.c - how much slower or faster an engine is. */
#include "bench/results/result_changes.h"

#include "bench/results/result_samples.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_LAUNCHES = RESULT_MAX_LAUNCHES };

/* The figures of each launch; NaN: the launch is not complete. */
typedef struct LaunchFigures {
    double values[MAX_LAUNCHES][FIGURES];
    size_t count;
} LaunchFigures;

/* Two engines under comparison, in one table and workload. */
typedef struct Comparison {
    LaunchFigures first, second;
    bool is_paired;
} Comparison;

static size_t count_of_launch(const SampleSet *set, uint32_t launch)
{
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++)
        count += set->samples[i].launch == launch;
    return count;
}

/* The figures of one launch, whose samples are sorted already. */
static void put_launch(const SampleSet *set, uint32_t launch, Sample *scratch,
                       double figures[FIGURES])
{
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (set->samples[i].launch == launch)
            scratch[count++] = set->samples[i];
    }
    figures_compute(scratch, count, NULL, NULL, figures);
    for (int f = 0; f < FIGURES; f++) {
        if (!figure_is_supported((Figure)f, count)) figures[f] = (double)NAN;
    }
}

static Status put_launches(const Results *results, SampleChoice choice,
                           LaunchFigures *out, Error *error)
{
    SampleSet set;
    size_t most = 0;
    Status status = samples_collect(results, choice, &set, error);
    if (status != OK) return status;
    Sample *scratch = calloc(set.count + 1, sizeof *scratch);
    out->count = set.launches < MAX_LAUNCHES ? set.launches : MAX_LAUNCHES;
    samples_sort(set.samples, set.count);
    for (uint32_t i = 0; i < out->count; i++) {
        size_t count = count_of_launch(&set, i);
        if (count > most) most = count;
    }
    for (uint32_t i = 0; scratch && i < out->count; i++) {
        put_launch(&set, i, scratch, out->values[i]);
        bool is_complete = count_of_launch(&set, i) == most;
        for (int f = 0; !is_complete && f < FIGURES; f++)
            out->values[i][f] = (double)NAN;
    }
    if (!scratch) status = fail_memory(error, "comparing launches");
    free(scratch);
    free(set.samples);
    return status;
}

/* The launches that have the figure; in pairs: that both have it in. */
static size_t gather(const LaunchFigures *from, const LaunchFigures *other,
                     int figure, double *values)
{
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        bool has = from->values[i][figure] > 0;
        if (other) has &= i < other->count && other->values[i][figure] > 0;
        if (has) values[count++] = from->values[i][figure];
    }
    return count;
}

static double geometric_mean(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += log(values[i]);
    return exp(sum / (double)count);
}

/* False if one of them has not the figure. */
static bool compare_figure(const Comparison *comparison, int figure,
                           ChangeRule rule, ChangeRow *row, size_t *launches)
{
    double a[MAX_LAUNCHES], b[MAX_LAUNCHES];
    const LaunchFigures *first = &comparison->first;
    const LaunchFigures *second = &comparison->second;
    bool paired = comparison->is_paired;
    size_t a_count = gather(first, paired ? second : NULL, figure, a);
    size_t b_count = gather(second, paired ? first : NULL, figure, b);
    if (a_count == 0 || b_count == 0) return false;
    *launches = a_count < b_count ? a_count : b_count;
    row->before = geometric_mean(a, a_count);
    row->after = geometric_mean(b, b_count);
    row->change = paired ? change_paired(a, b, a_count, rule)
                         : change_unpaired(a, a_count, b, b_count, rule);
    return true;
}

static int compare_integers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The logarithm of the median calibration of an engine's launches; 0: none. */
static double log_calibration(const Results *results, size_t engine)
{
    const ResultLaunch *launches = results->launches.items;
    int64_t times[MAX_LAUNCHES];
    size_t count = 0;
    for (size_t i = 0; i < results->launches.count && count < MAX_LAUNCHES;
         i++) {
        if (launches[i].engine == engine && launches[i].calibration_ns > 0)
            times[count++] = launches[i].calibration_ns;
    }
    if (count == 0) return 0;
    qsort(times, count, sizeof *times, compare_integers);
    return log((double)times[count / 2]);
}

/* The number of the workload in the second result; SIZE_MAX: it has none. */
static size_t same_workload(ChangePair pair, size_t workload)
{
    const char *name = results_workload(pair.first, workload)->name;
    for (size_t i = 0; i < pair.second->workloads.count; i++) {
        if (!strcmp(results_workload(pair.second, i)->name, name)) return i;
    }
    return SIZE_MAX;
}

static Status compare_table(ChangePair pair, ResultTable table, size_t workload,
                            Comparison *comparison, Error *error)
{
    SampleChoice first = {table, pair.first_engine, workload, NULL,
                          pair.first_queries};
    SampleChoice second = {table, pair.second_engine,
                           same_workload(pair, workload), NULL,
                           pair.second_queries};
    comparison->is_paired = pair.first == pair.second;
    Status status = put_launches(pair.first, first, &comparison->first, error);
    if (status == OK)
        status = put_launches(pair.second, second, &comparison->second, error);
    return status;
}

static void add_rows(const Comparison *comparison, ResultTable table,
                     size_t workload, ChangeRule rule, ChangeList *out)
{
    static const Figure compared[] = {FIGURE_P50, FIGURE_P90,  FIGURE_P95,
                                      FIGURE_P99, FIGURE_P999, FIGURE_MEAN};
    for (size_t i = 0; i < sizeof compared / sizeof *compared; i++) {
        ChangeRow row = {
            .table = table, .workload = workload, .figure = compared[i]};
        if (compare_figure(comparison, (int)compared[i], rule, &row,
                           &out->launches)) {
            buf_put(&out->rows, &row, sizeof row);
        }
    }
}

/* Twice: the first time counts the figures, among which the risk is shared. */
static Status compare_all(ChangePair pair, ChangeRule rule, ChangeList *out,
                          Error *error)
{
    Comparison *comparison = malloc(sizeof *comparison);
    if (!comparison) return fail_memory(error, "comparing launches");
    Status status = OK;
    for (int table = TABLE_MINIMUM; table <= TABLE_ALL; table++) {
        for (size_t w = 0; status == OK && w < pair.first->workloads.count;
             w++) {
            if (same_workload(pair, w) == SIZE_MAX) continue;
            status = compare_table(pair, (ResultTable)table, w, comparison,
                                   error);
            if (status == OK)
                add_rows(comparison, (ResultTable)table, w, rule, out);
        }
    }
    free(comparison);
    return status == OK ? buf_check(&out->rows, "comparing launches", error)
                        : status;
}

Status changes_compute(ChangePair pair, ChangeList *out, Error *error)
{
    size_t count;
    double before = log_calibration(pair.first, pair.first_engine);
    double after = log_calibration(pair.second, pair.second_engine);
    out->shift = before > 0 && after > 0 ? after - before : 0;
    ChangeRule rule = {CHANGE_RISK, fabs(out->shift)};
    Status status = compare_all(pair, rule, out, error);
    if (status != OK) return status;
    (void)changes_rows(out, &count);
    buf_clear(&out->rows);
    rule.risk = change_risk_each(CHANGE_RISK, count);
    return compare_all(pair, rule, out, error);
}

void changes_release(ChangeList *list)
{
    buf_release(&list->rows);
}
