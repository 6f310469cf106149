/* table_shape.h - how the rows of a table are written, by its first rows.
 *
 * A sample is the beginning of a table; its last row counts if the sample is
 * the whole table, or if it has no other.
 */
#ifndef QUERN_INPUT_TABLE_SHAPE_H
#define QUERN_INPUT_TABLE_SHAPE_H

#include "common/base/span.h"

typedef struct TableShape {
    uint8_t separator;
    bool quoted;         /* cells may be in quotes (row.h) */
    bool is_even;        /* all rows of the sample have column_count cells */
    size_t first_row;    /* where it begins: after Excel's line "sep=;" */
    size_t row_count;    /* of the sample, at most TABLE_SAMPLE_ROWS */
    size_t column_count; /* of most rows, or of those with most of the cells */
} TableShape;

enum { TABLE_SAMPLE_ROWS = 1000 };

/* The separator is the one of , ; | and tab that gives most rows the same
 * number of cells, at least two; of several that do equally well the one that
 * gives most cells; a comma if there is none. A line "sep=X" before the first
 * row names it. */
TableShape table_shape_of_csv(Span sample, bool is_whole);

/* Tabs separate. Quotes are text, unless all cells of the first row are in
 * quotes, or the rows have the same number of cells with quotes and not
 * without. */
TableShape table_shape_of_tsv(Span sample, bool is_whole);

/* Whether the first line is Excel's "sep=X". */
bool table_names_separator(Span sample);

/* The rows of a sample that are not empty, one after the other. */
typedef struct TableRows {
    Span sample;
    bool is_whole;
    bool quoted;
    uint8_t separator;
    size_t at; /* the next row begins there, or at an empty line before it */
} TableRows;

TableRows table_rows(Span sample, bool is_whole, const TableShape *shape);

/* The next row without its line end, where it begins in the sample, and its
 * number of cells; false after the last. */
bool table_rows_next(TableRows *rows, Span *row, size_t *start, size_t *cells);

#endif
