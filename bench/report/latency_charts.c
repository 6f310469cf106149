/* latency_charts.c - charts of the times of one workload. */
#include "bench/report/latency_charts.h"

#include "bench/report/html_text.h"
#include "bench/statistics/percentiles.h"

#include <math.h>
#include <stdio.h>

enum {
    BINS = 48,
    MIN_ROW_HEIGHT = 44,
    MAX_ROW_HEIGHT = 84,
    ROW_NAME_HEIGHT = 18,
    CURVE_POINTS = 160,
    MAX_DOTS = 2000, /* of an engine */
    NAME_COLUMNS = 44
};

static const char *name_of(const LatencyCharts *charts, size_t i)
{
    size_t engine = charts->times->engines[i].engine;
    return results_engine(charts->results, engine)->name;
}

static const char *workload_name(const LatencyCharts *charts)
{
    return results_workload(charts->results, charts->times->workload)->name;
}

/* A logarithmic scale of all minima. */
static Scale time_scale(const LatencyCharts *charts)
{
    Scale scale = {SCALE_TIME, true, (double)INFINITY, -(double)INFINITY, 0, 0};
    for (size_t i = 0; i < charts->times->count; i++) {
        const EngineTimes *times = &charts->times->engines[i];
        scale_include(&scale, times->minima[0]);
        scale_include(&scale, times->minima[times->minimum_count - 1]);
    }
    return scale;
}

/* ---- distribution ---- */

/* Where an engine's histogram is. */
typedef struct Row {
    double bottom, height; /* of the bars at most */
} Row;

/* As high as other charts, if there is room for that. */
static double row_height(const LatencyCharts *charts)
{
    double room = (double)(CHART_BOTTOM - CHART_TOP) /
                  (double)charts->times->count;
    return room < MIN_ROW_HEIGHT   ? MIN_ROW_HEIGHT
           : room > MAX_ROW_HEIGHT ? MAX_ROW_HEIGHT
                                   : room;
}

static void fill_bins(const Scale *scale, const EngineTimes *times,
                      size_t bins[BINS])
{
    double width = (scale->to - scale->from) / BINS;
    for (size_t i = 0; i < BINS; i++) bins[i] = 0;
    for (size_t i = 0; i < times->minimum_count; i++) {
        double at = (scale_at(scale, times->minima[i]) - scale->from) / width;
        size_t bin = at > 0 ? (size_t)at : 0;
        bins[bin < BINS ? bin : BINS - 1]++;
    }
}

/* Bars as one area, whose highest is as high as the row allows. */
static void put_bins(Buf *out, const Scale *scale, const size_t bins[BINS],
                     Row row, size_t series)
{
    double width = (scale->to - scale->from) / BINS;
    size_t highest = 1;
    for (size_t i = 0; i < BINS; i++)
        if (bins[i] > highest) highest = bins[i];
    ChartPath path = {0};
    chart_path_line_to(&path, scale->from, row.bottom);
    for (size_t i = 0; i < BINS; i++) {
        double y = row.bottom - row.height * (double)bins[i] / (double)highest;
        double x = scale->from + width * (double)i;
        chart_path_line_to(&path, x, y);
        chart_path_line_to(&path, x + width, y);
    }
    chart_path_line_to(&path, scale->to, row.bottom);
    chart_path_put(out, &path, "area", series);
}

static void put_median(Buf *out, const Scale *scale, const EngineTimes *times,
                       Row row)
{
    double median = times->minima[(times->minimum_count - 1) / 2];
    buf_printf(out, "<path class=\"median\" d=\"M%.1f %.1fv-%.1f\"/>\n",
               scale_at(scale, median), row.bottom, row.height);
}

static void put_row(Buf *out, const LatencyCharts *charts, const Scale *scale,
                    size_t i)
{
    const EngineTimes *times = &charts->times->engines[i];
    double height = row_height(charts);
    Row row = {CHART_TOP_WITHOUT + (double)(i + 1) * height,
               height - ROW_NAME_HEIGHT};
    size_t bins[BINS];
    fill_bins(scale, times, bins);
    buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"row\">", scale->from,
               row.bottom - height + 14);
    put_html_short(out, name_of(charts, i), NAME_COLUMNS);
    buf_put_text(out, "</text>\n");
    put_bins(out, scale, bins, row, times->engine);
    put_median(out, scale, times, row);
}

void put_distribution_chart(Buf *out, const LatencyCharts *charts)
{
    char title[96], description[160];
    ChartFrame frame = {.title = title,
                        .description = description,
                        .note = "Bars: queries by their minimum time, each "
                                "engine to its own height. Line: the median.",
                        .x_name = "time of a query",
                        .x = time_scale(charts),
                        .number = (*charts->number)++};
    frame.height = CHART_TOP_WITHOUT + 44 +
                   (size_t)(row_height(charts) * (double)charts->times->count);
    if (!scale_finish(&frame.x, 12, CHART_RIGHT)) return;
    snprintf(title, sizeof title, "Distribution, %s", workload_name(charts));
    snprintf(description, sizeof description,
             "Histograms of the minimum time of each query for %zu engines, "
             "on a logarithmic axis.",
             charts->times->count);
    chart_begin(out, &frame);
    for (size_t i = 0; i < charts->times->count; i++)
        put_row(out, charts, &frame.x, i);
    chart_end(out, &frame);
}

/* ---- percentiles ---- */

/* A sorted array. */
typedef struct Curve {
    const double *times;
    size_t count;
} Curve;

static Curve curve_of(const LatencyCharts *charts, size_t i, CurveTable table)
{
    const EngineTimes *times = &charts->times->engines[i];
    return table == CURVE_MINIMA ? (Curve){times->minima, times->minimum_count}
                                 : (Curve){times->all, times->all_count};
}

/* The highest percentile with MIN_BEYOND samples beyond it, in percent. */
static double highest_percentile(const Curve *curve)
{
    double beyond = (double)MIN_BEYOND / (double)curve->count;
    return beyond < 1 ? 100 * (1 - beyond) : 0;
}

static double percentile(const Curve *curve, double percent)
{
    double rank = ceil(percent / 100 * (double)curve->count);
    size_t at = rank >= 1 ? (size_t)rank - 1 : 0;
    return curve->times[at < curve->count ? at : curve->count - 1];
}

static void scale_curves(const LatencyCharts *charts, CurveTable table,
                         ChartFrame *frame)
{
    frame->x = (Scale){SCALE_PERCENT, false, 0, 50, 0, 0};
    frame->y = (Scale){SCALE_TIME,        true, (double)INFINITY,
                       -(double)INFINITY, 0,    0};
    for (size_t i = 0; i < charts->times->count; i++) {
        Curve curve = curve_of(charts, i, table);
        double highest = highest_percentile(&curve);
        if (highest > frame->x.high) frame->x.high = highest;
        scale_include(&frame->y, percentile(&curve, 1));
        scale_include(&frame->y, percentile(&curve, highest));
    }
    frame->x.from = CHART_LEFT;
    frame->x.to = CHART_RIGHT;
}

static void put_curve(Buf *out, const ChartFrame *frame, const Curve *curve,
                      size_t series)
{
    ChartPath path = {0};
    double end = -log10(1 - highest_percentile(curve) / 100);
    for (size_t i = 0; i <= CURVE_POINTS; i++) {
        double percent = 100 * (1 - pow(10, -end * (double)i / CURVE_POINTS));
        chart_path_line_to(&path, scale_at(&frame->x, percent),
                           scale_at(&frame->y, percentile(curve, percent)));
    }
    chart_path_put(out, &path, "line", series);
}

void put_percentile_chart(Buf *out, const LatencyCharts *charts,
                          CurveTable table)
{
    char title[120];
    bool minima = table == CURVE_MINIMA;
    ChartFrame frame = {
        .title = title,
        .note = minima ? "Each query counts once, with its minimum. Curves end "
                         "where fewer than 10 queries are left."
                       : "Each execution counts. Curves end where fewer than "
                         "10 executions are left.",
        .description = "Curves of the time that a share of the samples does "
                       "not exceed, a curve for each engine.",
        .x_name = minima ? "share of queries" : "share of executions",
        .y_name = "time",
        .height = CHART_HEIGHT,
        .number = (*charts->number)++};
    scale_curves(charts, table, &frame);
    if (!scale_finish(&frame.y, CHART_BOTTOM, CHART_TOP)) return;
    snprintf(title, sizeof title, "Percentiles, %s%s", workload_name(charts),
             minima ? ", minimum of each query" : ", all executions");
    chart_begin(out, &frame);
    for (size_t i = 0; i < charts->times->count; i++) {
        Curve curve = curve_of(charts, i, table);
        put_curve(out, &frame, &curve, charts->times->engines[i].engine);
    }
    chart_end(out, &frame);
}

/* ---- postings ---- */

static int64_t postings_of(const LatencyCharts *charts, size_t query)
{
    return results_query(charts->results, query)->postings;
}

static Scale postings_scale(const LatencyCharts *charts)
{
    Scale scale = {SCALE_COUNT,       true, (double)INFINITY,
                   -(double)INFINITY, 0,    0};
    for (size_t i = 0; i < charts->results->queries.count; i++)
        scale_include(&scale, (double)postings_of(charts, i));
    return scale;
}

/* Every n-th query, if there are more than a page can hold. */
static void put_dots(Buf *out, const LatencyCharts *charts,
                     const ChartFrame *frame, const EngineTimes *engine)
{
    const double *times = engine->by_query;
    size_t queries = charts->results->queries.count;
    size_t step = queries / MAX_DOTS + 1;
    ChartPath path = {0};
    for (size_t i = 0; i < queries; i += step) {
        if (times[i] <= 0 || postings_of(charts, i) <= 0) continue;
        chart_path_dot(&path,
                       scale_at(&frame->x, (double)postings_of(charts, i)),
                       scale_at(&frame->y, times[i]));
    }
    chart_path_put(out, &path, "dots", engine->engine);
}

void put_postings_chart(Buf *out, const LatencyCharts *charts)
{
    char title[96];
    ChartFrame frame = {
        .title = title,
        .note = "A dot is a query, with its minimum time.",
        .description = "A scatter plot of the minimum time of each query over "
                       "the number of postings of its words, on logarithmic "
                       "axes.",
        .x_name = "postings of the query's words",
        .y_name = "time",
        .x = postings_scale(charts),
        .y = time_scale(charts),
        .height = CHART_HEIGHT,
        .number = *charts->number};
    if (!scale_finish(&frame.x, CHART_LEFT, CHART_RIGHT) ||
        !scale_finish(&frame.y, CHART_BOTTOM, CHART_TOP))
        return;
    ++*charts->number;
    snprintf(title, sizeof title, "Time over postings, %s",
             workload_name(charts));
    chart_begin(out, &frame);
    for (size_t i = 0; i < charts->times->count; i++)
        put_dots(out, charts, &frame, &charts->times->engines[i]);
    chart_end(out, &frame);
}
