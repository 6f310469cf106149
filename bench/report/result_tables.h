/* result_tables.h - the tables of a report. */
#ifndef QUERN_REPORT_RESULT_TABLES_H
#define QUERN_REPORT_RESULT_TABLES_H

#include "bench/results/results.h"

/* A table scrolls within itself where the page is narrow. The first column
 * heads its row; `columns` are the names of the others, separated by '|', with
 * a
 * '~' before those that hold text. */
void table_begin(Buf *out, const char *head, const char *columns);
void table_end(Buf *out);
void table_row_begin(Buf *out, const char *head);
void table_row_end(Buf *out);
void table_text(Buf *out, const char *text);

/* Nanoseconds in microseconds, three digits; a dash for NaN. */
void table_time(Buf *out, double ns);

typedef struct RowName {
    ResultTable table;
    size_t engine, workload;
    const char *class_name;
} RowName;

/* NULL if there is no such row. */
const ResultRow *result_row_find(const Results *results, RowName name,
                                 const char *figure);

/* The figures of a workload: classes and engines. Nothing without any. */
NODISCARD Status put_figure_table(Buf *out, const Results *results,
                                  ResultTable table, size_t workload,
                                  Error *error);

/* Engines and their indexes; launches; cold times; slowest queries. Each puts
 * nothing if there is nothing to show. */
void put_engine_table(Buf *out, const Results *results);
void put_cold_table(Buf *out, const Results *results);
void put_traces(Buf *out, const Results *results);

#endif
