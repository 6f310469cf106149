/* row.h - a row of a table as cells.
 *
 * Without quotes a row is a line. With quotes it follows RFC 4180: a cell in
 * quotes may hold separators, line ends and doubled quotes.
 */
#ifndef QUERN_INPUT_ROW_H
#define QUERN_INPUT_ROW_H

#include "common/base/buf.h"
#include "common/input/json.h"

/* Finds where a row with quotes ends (a StreamRecordEnd). A quote opens only at
 * the start of a field; inside, a doubled quote closes and opens again. */
typedef struct RowScan {
    uint8_t separator;
    bool in_quotes, in_field;
    size_t quote; /* the last that opened a field */
} RowScan;

bool row_scan_end(void *context, Span bytes, size_t from, size_t *end);

typedef struct Row {
    bool quoted; /* cells may be in quotes */
    uint8_t separator;
    size_t column_count; /* without quotes the last column takes the rest of the
                            line; 0: not known yet */
    Buf cells;           /* JsonMember[]: values without keys */
    Buf unquoted;        /* has room for a row, so that it never moves */
    size_t wrong_at;     /* byte of a row that row_split refused */
} Row;

/* Fills the cells; a reason if the row is invalid, else NULL. Without memory a
 * Buf has failed. */
const char *row_split(Row *row, Span bytes);

static inline size_t row_cell_count(const Row *row)
{
    return row->cells.size / sizeof(JsonMember);
}

static inline JsonObject row_object(const Row *row)
{
    const JsonMember *cells = (const JsonMember *)(void *)row->cells.data;
    return (JsonObject){cells, row_cell_count(row)};
}

void row_release(Row *row);

#endif
