/* run_tables.c - the results of a run as text: the tables. */
#include "bench/run_tables.h"

#include "bench/run_remarks.h"
#include "common/base/human.h"
#include "common/base/plain_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* Widths of the columns; the figures follow class and engine. */
enum { CLASS_WIDTH = 13, ENGINE_WIDTH = 18, FIGURE_WIDTH = 9 };
static const char *const COLUMNS[] = {"p50",   "p90", "p95", "p99",
                                      "p99.9", "max", "mean"};
enum { COLUMN_COUNT = sizeof COLUMNS / sizeof *COLUMNS, MEAN_COLUMN = 6 };

/* The rows of one line: those of a class and an engine. */
typedef struct TableLine {
    const ResultRow *figures[COLUMN_COUNT];
    const ResultRow *rate; /* NULL in the table of minima */
} TableLine;

static TableLine find_line(const Results *results, const ResultRow *like)
{
    TableLine line = {0};
    const ResultRow *rows = results->rows.items;
    for (size_t i = 0; i < results->rows.count; i++) {
        const ResultRow *row = &rows[i];
        if (row->table != like->table || row->engine != like->engine ||
            row->workload != like->workload ||
            strcmp(row->class_name, like->class_name) != 0) {
            continue;
        }
        if (!strcmp(row->figure, "qps")) line.rate = row;
        for (int f = 0; f < COLUMN_COUNT; f++) {
            if (!strcmp(row->figure, COLUMNS[f])) line.figures[f] = row;
        }
    }
    return line;
}

/* Right-aligned; display columns, since – has three bytes. */
static void put_cell(Buf *out, const char *text, size_t columns)
{
    for (size_t i = columns; i < FIGURE_WIDTH; i++) buf_put_byte(out, ' ');
    buf_put_text(out, text);
}

/* 9.87 12.3 1,234 */
static void put_micros(Buf *out, double us)
{
    if (us >= 999.5) {
        put_count(out, (uint64_t)llround(us));
    } else {
        buf_printf(out, us < 9.995 ? "%.2f" : "%.1f", us);
    }
}

static void put_time(Buf *out, const ResultRow *row)
{
    Buf text = {0};
    if (!row || isnan(row->value)) {
        put_cell(out, "\u2013", 1);
        return;
    }
    put_micros(&text, row->value / 1000);
    const char *cell = buf_text(&text);
    put_cell(out, cell ? cell : "", text.size);
    buf_release(&text);
}

/* The 95 % interval of the mean. */
static void put_interval(Buf *out, const ResultRow *row)
{
    size_t start = out->size;
    if (row && !isnan(row->low)) {
        buf_put_text(out, "  ");
        put_micros(out, fmax(row->low, 0) / 1000);
        buf_put_text(out, "..");
        put_micros(out, row->high / 1000);
    }
    while (out->size < start + 2 * FIGURE_WIDTH) buf_put_byte(out, ' ');
}

/* Only between engines over a pipe: the mean divided by that of the first. */
static void put_ratio(const Results *results, Buf *out, const ResultRow *mean)
{
    EngineKind kind = results_engine(results, mean->engine)->kind;
    if (kind != ENGINE_PIPE && kind != ENGINE_PEER) return;
    for (size_t i = 0; i < results->engines.count; i++) {
        if (results_engine(results, i)->kind != ENGINE_PIPE) continue;
        ResultRow like = *mean;
        like.engine = i;
        const ResultRow *base = find_line(results, &like).figures[MEAN_COLUMN];
        if (base && base->value > 0)
            buf_printf(out, "%*.2f", FIGURE_WIDTH, mean->value / base->value);
        return;
    }
}

static void put_rate(Buf *out, const ResultRow *rate)
{
    Buf text = {0};
    if (!rate) return;
    put_count(&text, rate->value < 1e12 ? (uint64_t)rate->value : 0);
    const char *cell = buf_text(&text);
    put_cell(out, cell ? cell : "", text.size);
    buf_release(&text);
}

static void put_padded(Buf *out, const char *text, size_t width)
{
    size_t start = out->size;
    put_visible(out, span_text(text));
    do {
        buf_put_byte(out, ' ');
    } while (out->size < start + width);
}

static void put_line(const Results *results, const ResultRow *like,
                     bool has_name, Buf *out)
{
    TableLine line = find_line(results, like);
    char name[64] = "";
    if (has_name)
        snprintf(name, sizeof name, "%.40s %" PRId64, like->class_name,
                 like->queries);
    put_padded(out, name, CLASS_WIDTH + 5);
    put_padded(out, results_engine(results, like->engine)->name, ENGINE_WIDTH);
    for (int f = 0; f < COLUMN_COUNT; f++) put_time(out, line.figures[f]);
    put_interval(out, line.figures[MEAN_COLUMN]);
    put_rate(out, line.rate);
    if (line.figures[MEAN_COLUMN])
        put_ratio(results, out, line.figures[MEAN_COLUMN]);
    while (out->size && out->data[out->size - 1] == ' ') out->size--;
    buf_put_byte(out, '\n');
}

static const char *first_pipe_name(const Results *results)
{
    for (size_t i = 0; i < results->engines.count; i++) {
        if (results_engine(results, i)->kind == ENGINE_PIPE)
            return results_engine(results, i)->name;
    }
    return NULL;
}

static void put_header(const Results *results, ResultTable table,
                       size_t workload, Buf *out)
{
    const char *base = first_pipe_name(results);
    buf_printf(out, "\n%s, %s, in us:\n",
               results_workload(results, workload)->name,
               table == TABLE_MINIMUM ? "over queries, of each query's minimum"
                                      : "over all executions");
    put_padded(out, "class, queries", CLASS_WIDTH + 5);
    put_padded(out, "engine", ENGINE_WIDTH);
    for (int f = 0; f < COLUMN_COUNT; f++)
        put_cell(out, COLUMNS[f], strlen(COLUMNS[f]));
    buf_printf(out, "  %-*s", 2 * FIGURE_WIDTH - 2, "95 % of mean");
    if (table == TABLE_ALL) put_cell(out, "queries/s", 9);
    if (base) buf_printf(out, "  / %s", base);
    while (out->size && out->data[out->size - 1] == ' ') out->size--;
    buf_put_byte(out, '\n');
}

/* Rows come class by class only within an engine; here engines of a class are
 * next to each other. */
static void put_class(const Results *results, const ResultRow *like, Buf *out)
{
    const ResultRow *rows = results->rows.items;
    bool has_name = true;
    for (size_t i = 0; i < results->rows.count; i++) {
        const ResultRow *row = &rows[i];
        if (row->table == like->table && row->workload == like->workload &&
            !strcmp(row->class_name, like->class_name) &&
            !strcmp(row->figure, COLUMNS[0])) {
            put_line(results, row, has_name, out);
            has_name = false;
        }
    }
}

/* Whether an earlier row is of the same class (and table, and workload). */
static bool is_first_of_class(const Results *results, size_t i)
{
    const ResultRow *rows = results->rows.items;
    for (size_t j = 0; j < i; j++) {
        if (rows[j].table == rows[i].table &&
            rows[j].workload == rows[i].workload &&
            !strcmp(rows[j].class_name, rows[i].class_name)) {
            return false;
        }
    }
    return true;
}

static void put_table(const Results *results, ResultTable table,
                      size_t workload, Buf *out)
{
    const ResultRow *rows = results->rows.items;
    bool has_header = false;
    for (size_t i = 0; i < results->rows.count; i++) {
        if (rows[i].table != table || rows[i].workload != workload ||
            !is_first_of_class(results, i)) {
            continue;
        }
        if (!has_header) put_header(results, table, workload, out);
        has_header = true;
        put_class(results, &rows[i], out);
    }
}

void run_put_tables(const Results *results, Buf *out)
{
    remarks_put_answers(results, out);
    for (size_t w = 0; w < results->workloads.count; w++) {
        put_table(results, TABLE_MINIMUM, w, out);
        put_table(results, TABLE_ALL, w, out);
    }
    remarks_put_rest(results, out);
}
