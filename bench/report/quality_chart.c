/* quality_chart.c - quality over latency: what a better ranking costs. */
#include "bench/report/quality_chart.h"

#include "bench/report/html_text.h"
#include "bench/report/result_tables.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum { NEAR_X = 90, NAME_HEIGHT = 13, NAME_COLUMNS = 22 };

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

/* Whether quality i is shown in the chart of its measure. */
static bool is_shown(const Results *results, size_t i, const char *measure)
{
    const ResultQuality *all = results->qualities.items;
    return !strcmp(all[i].measure, measure) &&
           isfinite(mean_time(results, all[i].engine));
}

static double point_x(const Results *results, const ChartFrame *frame, size_t i)
{
    const ResultQuality *all = results->qualities.items;
    return scale_at(&frame->x, mean_time(results, all[i].engine));
}

static double point_y(const Results *results, const ChartFrame *frame, size_t i)
{
    const ResultQuality *all = results->qualities.items;
    return scale_at(&frame->y, all[i].mean);
}

/* Engines are often equally good: how many earlier points are so near that
 * their names would be in the way. */
static size_t count_near(const Results *results, const ChartFrame *frame,
                         size_t i)
{
    const ResultQuality *all = results->qualities.items;
    double x = point_x(results, frame, i), y = point_y(results, frame, i);
    size_t near = 0;
    for (size_t j = 0; j < i; j++) {
        if (is_shown(results, j, all[i].measure) &&
            fabs(point_x(results, frame, j) - x) < NEAR_X &&
            fabs(point_y(results, frame, j) - y) < NAME_HEIGHT)
            near++;
    }
    return near;
}

/* A point and its name, to the side where there is room, below earlier ones. */
static void put_point(Buf *out, const Results *results, const ChartFrame *frame,
                      size_t i)
{
    const ResultQuality *all = results->qualities.items;
    double x = point_x(results, frame, i), y = point_y(results, frame, i);
    bool right = x < (CHART_LEFT + CHART_RIGHT) / 2;
    size_t below = count_near(results, frame, i);
    ChartPath path = {0};
    chart_path_dot(&path, x, y);
    chart_path_put(out, &path, "point", all[i].engine);
    buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", right ? x + 10 : x - 10,
               y + 4 + (double)(below * NAME_HEIGHT),
               right ? "" : " class=\"end\"");
    put_html_short(out, results_engine(results, all[i].engine)->name,
                   NAME_COLUMNS);
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
        if (is_shown(results, i, measure)) put_point(out, results, &frame, i);
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

/* "AP|nDCG@10|queries": the columns of the table. */
static void put_measures(Buf *out, const Results *results)
{
    const ResultQuality *all = results->qualities.items;
    for (size_t i = 0; i < results->qualities.count; i++) {
        if (!is_first_of_measure(results, i)) continue;
        buf_put_text(out, all[i].measure);
        buf_put_byte(out, '|');
    }
    buf_put_text(out, "queries");
}

/* A cell for each measure, "-" where the engine has none. */
static void put_quality_row(Buf *out, const Results *results, size_t engine)
{
    const ResultQuality *all = results->qualities.items;
    int64_t queries = 0;
    table_row_begin(out, results_engine(results, engine)->name);
    for (size_t i = 0; i < results->qualities.count; i++) {
        if (!is_first_of_measure(results, i)) continue;
        const ResultQuality *found = NULL;
        for (size_t j = 0; j < results->qualities.count; j++) {
            if (all[j].engine == engine &&
                !strcmp(all[j].measure, all[i].measure))
                found = &all[j];
        }
        if (found) queries = found->queries;
        if (found) buf_printf(out, "<td>%.4f</td>", found->mean);
        if (!found) buf_put_text(out, "<td>\u2013</td>");
    }
    buf_printf(out, "<td>%" PRId64 "</td>", queries);
    table_row_end(out);
}

static bool has_quality(const Results *results, size_t engine)
{
    const ResultQuality *all = results->qualities.items;
    for (size_t i = 0; i < results->qualities.count; i++)
        if (all[i].engine == engine) return true;
    return false;
}

void put_quality_table(Buf *out, const Results *results)
{
    Buf columns = {0};
    put_measures(&columns, results);
    const char *names = buf_text(&columns);
    table_begin(out, "engine", names ? names : "");
    for (size_t i = 0; i < results->engines.count; i++)
        if (has_quality(results, i)) put_quality_row(out, results, i);
    table_end(out);
    buf_keep_failure(out, &columns);
    buf_release(&columns);
}
