/* percentiles.h - the figures of a table: percentiles, maximum, mean.
 *
 * A percentile is the smallest sample that at least the given share of all
 * samples does not exceed (nearest rank); it is printed only if MIN_BEYOND
 * samples lie beyond it, since those alone say where it is.
 */
#ifndef QUERN_STATISTICS_PERCENTILES_H
#define QUERN_STATISTICS_PERCENTILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MIN_BEYOND = 10 };

typedef enum Figure {
    FIGURE_P50,
    FIGURE_P90,
    FIGURE_P95,
    FIGURE_P99,
    FIGURE_P999,
    FIGURE_MAX,
    FIGURE_MEAN,
    FIGURES
} Figure;

/* "p50" ... "p99.9", "max", "mean" */
const char *figure_name(Figure figure);

/* A time, and which launch and query it belongs to. */
typedef struct Sample {
    double value;
    uint32_t launch, query;
} Sample;

/* By value, ascending. */
void samples_sort(Sample *samples, size_t count);

/* Whether a percentile of `count` samples has MIN_BEYOND beyond it; true for
 * the maximum and the mean of any sample. */
bool figure_is_supported(Figure figure, size_t count);

/* All figures of sorted samples, each counted launch_weights[launch] ·
 * query_weights[query] times; NULL: once. All NaN if the weights are 0. */
void figures_compute(const Sample *sorted, size_t count,
                     const uint32_t *launch_weights,
                     const uint32_t *query_weights, double figures[FIGURES]);

#endif
