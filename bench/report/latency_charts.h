/* latency_charts.h - charts of the times of one workload. */
#ifndef QUERN_REPORT_LATENCY_CHARTS_H
#define QUERN_REPORT_LATENCY_CHARTS_H

#include "bench/report/chart.h"
#include "bench/report/engine_times.h"

typedef struct LatencyCharts {
    const Results *results;
    const WorkloadTimes *times;
    size_t *number; /* of the next chart in the page */
} LatencyCharts;

/* How many queries take how long, an engine a row. */
void put_distribution_chart(Buf *out, const LatencyCharts *charts);

typedef enum CurveTable { CURVE_MINIMA, CURVE_ALL } CurveTable;

/* The time that a share of queries (of executions) does not exceed. */
void put_percentile_chart(Buf *out, const LatencyCharts *charts,
                          CurveTable table);

/* Time over the postings of the query's words; nothing if they are unknown. */
void put_postings_chart(Buf *out, const LatencyCharts *charts);

#endif
