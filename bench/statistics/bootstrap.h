/* bootstrap.h - intervals of figures by a cluster bootstrap.
 *
 * Times of one launch are alike (memory layout, the state of the machine), and
 * so are times of one query. Both are drawn with replacement, each apart, and
 * all times of the drawn launches and queries make a replicate (the pigeonhole
 * bootstrap: Owen, Annals of Applied Statistics 1, 2007). The interval holds
 * the middle 95 % of the replicates' figures, moved so that their median is
 * the figure itself: a minimum over drawn launches, some of them twice, is
 * never below that over all.
 */
#ifndef QUERN_STATISTICS_BOOTSTRAP_H
#define QUERN_STATISTICS_BOOTSTRAP_H

#include "bench/statistics/percentiles.h"
#include "common/base/status.h"

enum { MIN_CLUSTERS = 5, BOOTSTRAP_REPLICATES = 400 };

typedef struct Interval {
    double low, high; /* NaN: none */
} Interval;

/* The samples of one row of a table; samples are sorted by the functions. */
typedef struct SampleSet {
    Sample *samples;
    size_t count;
    uint32_t launches, queries; /* limits of the numbers in the samples */
} SampleSet;

typedef struct FigureSet {
    double values[FIGURES]; /* NaN: too few samples */
    Interval intervals[FIGURES];
    size_t count; /* of samples the figures are made from */
} FigureSet;

/* Over all executions. */
NODISCARD Status figures_of_all(SampleSet *set, FigureSet *out, Error *error);

/* Over queries, of each query's minimum; there is one sample at most for each
 * launch and query (that launch's minimum). */
NODISCARD Status figures_of_minima(SampleSet *set, FigureSet *out,
                                   Error *error);

#endif
