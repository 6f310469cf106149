/* quality_chart.c - quality over latency: what a better ranking costs. */
#include "bench/report/quality_chart.h"

#include "bench/report/html_text.h"
#include "bench/report/result_tables.h"

#include <math.h>
#include <stdio.h>

/* The workload that ranks most hits: quality is that of a deep ranking. */
static size_t deepest_workload(const Results *results)
{
    size_t deepest = 0;
    for (size_t i = 1; i < results->workloads.count; i++) {
        if (results_workload(results, i)->k >
            results_workload(results, deepest)->k)
            deepest = i;
    }
    return deepest;
}

static double mean_time(const Results *results, size_t engine)
{
    RowName name = {TABLE_MINIMUM, engine, deepest_workload(results), "all"};
    const ResultRow *row = result_row_find(results, name, "mean");
    return row ? row->value : (double)NAN;
}

static bool is_first_of_measure(const Results *results, size_t i)
{
    const ResultQuality *all = results->qualities.items;
    for (size_t j = 0; j < i; j++)
        if (!strcmp(all[j].measure, all[i].measure)) return false;
    return true;
}

/* A point and its name, to the side where there is room. */
static void put_point(Buf *out, const Results *results, const ChartFrame *frame,
                      const ResultQuality *quality)
{
    double x = scale_at(&frame->x, mean_time(results, quality->engine));
    double y = scale_at(&frame->y, quality->mean);
    bool right = x < (CHART_LEFT + CHART_RIGHT) / 2;
    ChartPath path = {0};
    chart_path_dot(&path, x, y);
    chart_path_put(out, &path, "point", quality->engine);
    buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", right ? x + 10 : x - 10,
               y + 4, right ? "" : " class=\"end\"");
    put_html_short(out, results_engine(results, quality->engine)->name, 22);
    buf_put_text(out, "</text>\n");
}

/* So that small differences do not look large. */
static void include_widely(ChartFrame *frame, double time, double quality)
{
    scale_include(&frame->x, time / 1.3);
    scale_include(&frame->x, time * 1.3);
    scale_include(&frame->y, quality - 0.01);
    scale_include(&frame->y, quality + 0.01);
}

static void put_measure_chart(Buf *out, const Results *results,
                              const char *measure, size_t *number)
{
    const ResultQuality *all = results->qualities.items;
    const Scale empty = {SCALE_NUMBER,      false, (double)INFINITY,
                         -(double)INFINITY, 0,     0};
    char title[96];
    ChartFrame frame = {.title = title,
                        .description = "A point for each engine: its quality "
                                       "over its mean time.",
                        .x_name = "mean time of a query",
                        .y_name = measure,
                        .x = empty,
                        .y = empty,
                        .height = CHART_HEIGHT,
                        .number = *number};
    frame.x.unit = SCALE_TIME;
    snprintf(title, sizeof title, "%s over latency", measure);
    for (size_t i = 0; i < results->qualities.count; i++) {
        if (strcmp(all[i].measure, measure) != 0) continue;
        include_widely(&frame, mean_time(results, all[i].engine), all[i].mean);
    }
    if (!scale_finish(&frame.x, CHART_LEFT, CHART_RIGHT) ||
        !scale_finish(&frame.y, CHART_BOTTOM, CHART_TOP))
        return;
    ++*number;
    chart_begin(out, &frame);
    for (size_t i = 0; i < results->qualities.count; i++) {
        if (strcmp(all[i].measure, measure) == 0 &&
            isfinite(mean_time(results, all[i].engine)))
            put_point(out, results, &frame, &all[i]);
    }
    chart_end(out, &frame);
}

void put_quality_charts(Buf *out, const Results *results, size_t *number)
{
    const ResultQuality *all = results->qualities.items;
    for (size_t i = 0; i < results->qualities.count; i++) {
        if (is_first_of_measure(results, i))
            put_measure_chart(out, results, all[i].measure, number);
    }
}

void put_quality_table(Buf *out, const Results *results)
{
    const ResultQuality *all = results->qualities.items;
    table_begin(out, "engine", "~measure|mean|queries");
    for (size_t i = 0; i < results->qualities.count; i++) {
        table_row_begin(out, results_engine(results, all[i].engine)->name);
        table_text(out, all[i].measure);
        buf_printf(out, "<td>%.4f</td><td>%lld</td>", all[i].mean,
                   (long long)all[i].queries);
        table_row_end(out);
    }
    table_end(out);
}
