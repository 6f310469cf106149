/* chart_scale.h - values to places in a chart, and the ticks of an axis. */
#ifndef QUERN_REPORT_CHART_SCALE_H
#define QUERN_REPORT_CHART_SCALE_H

#include "common/base/buf.h"

typedef enum ScaleUnit {
    SCALE_TIME,   /* nanoseconds, as 10 us */
    SCALE_COUNT,  /* 1k, 1M */
    SCALE_NUMBER, /* 0.35 */
    SCALE_PERCENT /* of samples, spread out towards 100 % */
} ScaleUnit;

typedef struct Scale {
    ScaleUnit unit;
    bool is_log;
    double low, high; /* values; low < high, above 0 if logarithmic */
    double from, to;  /* where they lie in the chart */
} Scale;

/* Start with {.unit, .is_log, .low = INFINITY, .high = -INFINITY}; takes finite
 * values, and for logarithms those above 0. */
void scale_include(Scale *scale, double value);

/* Makes the range wide enough for a chart. False if it has no value. */
bool scale_finish(Scale *scale, double from, double to);

/* Clamped to the chart. */
double scale_at(const Scale *scale, double value);

enum { MAX_TICKS = 16 };

/* Ascending; returns how many, from 2 to MAX_TICKS. */
size_t scale_ticks(const Scale *scale, double ticks[MAX_TICKS]);

/* "10 us" with a micro sign, "1.5k", "99.9 %" */
void put_scale_label(Buf *out, const Scale *scale, double value);

#endif
