/* quality_chart.h - quality over latency: what a better ranking costs. */
#ifndef QUERN_REPORT_QUALITY_CHART_H
#define QUERN_REPORT_QUALITY_CHART_H

#include "bench/report/chart.h"
#include "bench/results/results.h"

/* A chart for each measure; nothing without judgements. *number is that of the
 * next chart in the page. */
void put_quality_charts(Buf *out, const Results *results, size_t *number);

/* The same figures as a table. */
void put_quality_table(Buf *out, const Results *results);

#endif
