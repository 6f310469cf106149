/* percentiles.c - the figures of a table: percentiles, maximum, mean. */
#include "bench/statistics/percentiles.h"

#include <math.h>
#include <stdlib.h>

/* In thousandths, so that ranks are exact. */
static const uint64_t SHARES[] = {500, 900, 950, 990, 999};
static const size_t PERCENTILES = sizeof SHARES / sizeof *SHARES;

const char *figure_name(Figure figure)
{
    static const char *const names[FIGURES] = {"p50",   "p90", "p95", "p99",
                                               "p99.9", "max", "mean"};
    return names[figure];
}

static int compare_samples(const void *a, const void *b)
{
    double x = ((const Sample *)a)->value, y = ((const Sample *)b)->value;
    return (x > y) - (x < y);
}

void samples_sort(Sample *samples, size_t count)
{
    if (count) qsort(samples, count, sizeof *samples, compare_samples);
}

/* Of the percentile among `count`, from 1. */
static uint64_t rank_of(Figure figure, uint64_t count)
{
    return (SHARES[figure] * count + 999) / 1000;
}

bool figure_is_supported(Figure figure, size_t count)
{
    if ((size_t)figure >= PERCENTILES) return count > 0;
    return count >= rank_of(figure, count) + MIN_BEYOND;
}

static uint64_t weight_of(const Sample *sample, const uint32_t *launch_weights,
                          const uint32_t *query_weights)
{
    uint64_t launch = launch_weights ? launch_weights[sample->launch] : 1;
    return query_weights ? launch * query_weights[sample->query] : launch;
}

void figures_compute(const Sample *sorted, size_t count,
                     const uint32_t *launch_weights,
                     const uint32_t *query_weights, double figures[FIGURES])
{
    uint64_t total = 0, seen = 0;
    double sum = 0;
    for (int i = 0; i < FIGURES; i++) figures[i] = (double)NAN;
    for (size_t i = 0; i < count; i++)
        total += weight_of(&sorted[i], launch_weights, query_weights);
    if (total == 0) return;
    Figure next = FIGURE_P50;
    for (size_t i = 0; i < count; i++) {
        uint64_t weight = weight_of(&sorted[i], launch_weights, query_weights);
        if (weight == 0) continue;
        seen += weight;
        sum += (double)weight * sorted[i].value;
        figures[FIGURE_MAX] = sorted[i].value;
        while ((size_t)next < PERCENTILES && seen >= rank_of(next, total))
            figures[next++] = sorted[i].value;
    }
    figures[FIGURE_MEAN] = sum / (double)total;
}
