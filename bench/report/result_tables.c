/* result_tables.c - the tables of a report. */
#include "bench/report/result_tables.h"

#include "bench/report/html_text.h"
#include "bench/results/result_samples.h"
#include "common/base/human.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static const char *const FIGURES_SHOWN[] = {"p50",   "p90", "p95", "p99",
                                            "p99.9", "max", "mean"};
enum { FIGURE_COLUMNS = sizeof FIGURES_SHOWN / sizeof *FIGURES_SHOWN };

/* One name of the list; '~' before it marks a column of text. */
static void put_column(Buf *out, const char *name, size_t size)
{
    bool is_text = *name == '~';
    Buf text = {0};
    buf_put(&text, name + is_text, size - is_text);
    const char *copy = buf_text(&text);
    buf_printf(out, "<th scope=\"col\"%s>", is_text ? " class=\"text\"" : "");
    put_html(out, copy ? copy : "");
    buf_put_text(out, "</th>");
    buf_keep_failure(out, &text);
    buf_release(&text);
}

void table_begin(Buf *out, const char *head, const char *columns)
{
    buf_printf(out,
               "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
               "aria-label=\"table\"><table><thead><tr><th scope=\"col\" "
               "class=\"text\">%s</th>",
               head);
    for (;;) {
        size_t size = strcspn(columns, "|");
        put_column(out, columns, size);
        columns += size;
        if (!*columns++) break;
    }
    buf_put_text(out, "</tr></thead>\n<tbody>\n");
}

void table_end(Buf *out)
{
    buf_put_text(out, "</tbody></table></div>\n");
}

void table_row_begin(Buf *out, const char *head)
{
    buf_put_text(out, "<tr><th scope=\"row\">");
    put_html(out, head);
    buf_put_text(out, "</th>");
}

void table_row_end(Buf *out)
{
    buf_put_text(out, "</tr>\n");
}

void table_text(Buf *out, const char *text)
{
    buf_put_text(out, "<td class=\"text\">");
    put_html(out, text);
    buf_put_text(out, "</td>");
}

/* Three digits, and thousands apart. */
static void put_us(Buf *out, double ns)
{
    double us = ns / 1000;
    if (!isfinite(ns)) {
        buf_put_text(out, "\u2013");
    } else if (us >= 999.5) {
        put_count(out, (uint64_t)(us + 0.5));
    } else {
        buf_printf(out, "%.*f", us < 9.995 ? 2 : us < 99.95 ? 1 : 0, us);
    }
}

void table_time(Buf *out, double ns)
{
    buf_put_text(out, "<td>");
    put_us(out, ns);
    buf_put_text(out, "</td>");
}

const ResultRow *result_row_find(const Results *results, RowName name,
                                 const char *figure)
{
    const ResultRow *rows = results->rows.items;
    for (size_t i = 0; i < results->rows.count; i++) {
        const ResultRow *row = &rows[i];
        if (row->table == name.table && row->engine == name.engine &&
            row->workload == name.workload && !strcmp(row->figure, figure) &&
            !strcmp(row->class_name, name.class_name))
            return row;
    }
    return NULL;
}

static void put_interval(Buf *out, const ResultRow *row)
{
    buf_put_text(out, "<td>");
    if (row && isfinite(row->low) && isfinite(row->high)) {
        put_us(out, row->low);
        buf_put_text(out, " \u2026 ");
        put_us(out, row->high);
    } else {
        buf_put_text(out, "\u2013");
    }
    buf_put_text(out, "</td>");
}

static void put_rate(Buf *out, const ResultRow *row)
{
    buf_put_text(out, "<td>");
    if (row && isfinite(row->value)) {
        put_count(out, (uint64_t)(row->value + 0.5));
    } else {
        buf_put_text(out, "\u2013");
    }
    buf_put_text(out, "</td>");
}

/* Whether there is such a row; then puts it. */
static bool put_figures(Buf *out, const Results *results, RowName name)
{
    const ResultRow *mean = result_row_find(results, name, "mean");
    if (!mean) return false;
    bool last = !strcmp(name.class_name, "all");
    buf_printf(out, "<tr%s><th scope=\"row\">", last ? " class=\"sum\"" : "");
    put_html(out, name.class_name);
    buf_printf(out, " <small>%" PRId64 "</small></th>", mean->queries);
    buf_printf(out, "<td class=\"text\"><i class=\"key s%zu\"></i>",
               name.engine % 8);
    put_html(out, results_engine(results, name.engine)->name);
    buf_put_text(out, "</td>");
    for (size_t i = 0; i < FIGURE_COLUMNS; i++) {
        const ResultRow *row = result_row_find(results, name, FIGURES_SHOWN[i]);
        table_time(out, row ? row->value : (double)NAN);
    }
    put_interval(out, mean);
    if (name.table == TABLE_ALL)
        put_rate(out, result_row_find(results, name, "qps"));
    table_row_end(out);
    return true;
}

static void put_class(Buf *out, const Results *results, RowName name)
{
    for (size_t i = 0; i < results->engines.count; i++) {
        name.engine = i;
        if (results_engine(results, i)->kind != ENGINE_NULL)
            put_figures(out, results, name);
    }
}

Status put_figure_table(Buf *out, const Results *results, ResultTable table,
                        size_t workload, Error *error)
{
    TextList classes;
    Status status = results_classes(results, &classes, error);
    if (status != OK) return status;
    RowName name = {table, 0, workload, "all"};
    table_begin(out, "class",
                table == TABLE_MINIMUM
                    ? "~engine|p50|p90|p95|p99|p99.9|max|mean|95 % of mean"
                    : "~engine|p50|p90|p95|p99|p99.9|max|mean|95 % of mean|"
                      "queries/s");
    for (size_t i = 0; i < classes.count; i++) {
        name.class_name = classes.items[i];
        if (strcmp(name.class_name, "all") != 0) put_class(out, results, name);
    }
    name.class_name = "all";
    put_class(out, results, name);
    table_end(out);
    free(classes.items);
    return OK;
}

static void put_engine_row(Buf *out, const Results *results, size_t i)
{
    static const char *const kinds[] = {"in process", "searcher over a pipe",
                                        "over a pipe", "null: the pipe alone"};
    const ResultEngine *engine = results_engine(results, i);
    table_row_begin(out, engine->name);
    table_text(out, kinds[engine->kind]);
    table_text(out, engine->index);
    buf_put_text(out, "<td>");
    if (engine->documents) put_count(out, (uint64_t)engine->documents);
    buf_put_text(out, "</td><td>");
    if (engine->bytes) put_bytes(out, (uint64_t)engine->bytes);
    buf_put_text(out, "</td>");
    table_text(out, engine->analyzer);
    buf_put_text(out, "<td>");
    if (isfinite(engine->k1))
        buf_printf(out, "%.3g, %.3g", engine->k1, engine->b);
    buf_put_text(out, "</td><td class=\"text hash\">");
    put_html(out, engine->index_hash);
    buf_put_text(out, "</td>");
    table_text(out, engine->failure);
    table_row_end(out);
}

void put_engine_table(Buf *out, const Results *results)
{
    table_begin(out, "engine",
                "~how|~index|documents|size|~analyzer|k1, b|~index hash|"
                "~failure");
    for (size_t i = 0; i < results->engines.count; i++)
        put_engine_row(out, results, i);
    table_end(out);
}

static int compare_integers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* NaN without times, or without memory. */
static double median_ns(const IntegerList *times)
{
    int64_t *sorted = calloc(times->count + 1, sizeof *sorted);
    if (!sorted || !times->count) {
        free(sorted);
        return (double)NAN;
    }
    memcpy(sorted, times->items, times->count * sizeof *sorted);
    qsort(sorted, times->count, sizeof *sorted, compare_integers);
    double median = (double)sorted[times->count / 2];
    free(sorted);
    return median;
}

void put_cold_table(Buf *out, const Results *results)
{
    const ResultCold *colds = results->colds.items;
    if (!results->colds.count) return;
    buf_put_text(out, "<h3>Cold: evicted from memory before each query</h3>\n");
    table_begin(out, "engine",
                "~workload|launch|median, \u00b5s|~how|still in "
                "memory");
    for (size_t i = 0; i < results->colds.count; i++) {
        const ResultCold *cold = &colds[i];
        table_row_begin(out, results_engine(results, cold->engine)->name);
        table_text(out, results_workload(results, cold->workload)->name);
        buf_printf(out, "<td>%zu</td>", cold->launch + 1);
        table_time(out, median_ns(&cold->ns));
        table_text(out, cold->method);
        buf_printf(out, "<td>%.1f %%</td>", 100 * cold->resident);
        table_row_end(out);
    }
    table_end(out);
}

static void put_counters(Buf *out, const ResultTrace *trace)
{
    for (size_t i = 0; i < trace->counters.count && i < trace->values.count;
         i++) {
        buf_put_text(out, i ? ", " : "");
        put_html(out, trace->counters.items[i]);
        buf_printf(out, " %" PRId64, trace->values.items[i]);
    }
}

void put_traces(Buf *out, const Results *results)
{
    const ResultTrace *traces = results->traces.items;
    if (!results->traces.count) return;
    buf_put_text(out, "<h3>Slowest queries</h3>\n");
    for (size_t i = 0; i < results->traces.count; i++) {
        const ResultTrace *trace = &traces[i];
        buf_put_text(out, "<details><summary>");
        put_us(out, (double)trace->ns);
        buf_put_text(out, " \u00b5s, ");
        put_html(out, results_workload(results, trace->workload)->name);
        buf_put_text(out, ", ");
        put_html(out, results_engine(results, trace->engine)->name);
        buf_put_text(out, ": <q>");
        put_html(out, results_query(results, trace->query)->text);
        buf_put_text(out, "</q></summary><pre>");
        put_html_lines(out, trace->plan);
        buf_put_text(out, "</pre><p class=\"note\">");
        put_counters(out, trace);
        buf_put_text(out, "</p></details>\n");
    }
}
