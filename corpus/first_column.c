/* first_column.c - whether the first column of a table can be the id. */
#include "corpus/first_column.h"

#include "common/base/hash.h"
#include "common/input/row.h"

#include <stdlib.h>

enum { FIRST_BYTES = 64 * 1024, MAX_BYTES = 16 << 20 };

typedef struct FirstCells {
    size_t count;
    bool has_empty;
    uint64_t hashes[TABLE_SAMPLE_ROWS];
} FirstCells;

/* The cell with its quotes, if it has them: equal cells are written alike. */
static Span first_cell(Span row, const TableShape *shape)
{
    RowScan scan = {.separator = shape->separator};
    for (size_t i = 0; i < row.size; i++) {
        uint8_t byte = row.data[i];
        if (byte == '"' && shape->quoted && (i == 0 || scan.in_quotes)) {
            scan.in_quotes = !scan.in_quotes;
        } else if (byte == shape->separator && !scan.in_quotes) {
            return span_of(row.data, i);
        }
    }
    return row;
}

static void hash_cells(Span sample, bool is_whole, const TableShape *shape,
                       FirstCells *out)
{
    TableRows rows = table_rows(sample, is_whole, shape);
    Span row;
    size_t start, cells;
    out->count = 0;
    while (out->count < TABLE_SAMPLE_ROWS &&
           table_rows_next(&rows, &row, &start, &cells)) {
        Span cell = first_cell(row, shape);
        out->has_empty |= cell.size == 0;
        out->hashes[out->count++] = hash_span(cell);
    }
}

static int compare_hashes(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static bool all_differ(FirstCells *cells)
{
    qsort(cells->hashes, cells->count, sizeof *cells->hashes, compare_hashes);
    for (size_t i = 1; i < cells->count; i++) {
        if (cells->hashes[i] == cells->hashes[i - 1]) return false;
    }
    return !cells->has_empty;
}

Status first_column_differs(Stream *stream, const TableShape *shape,
                            bool *differs, Error *error)
{
    FirstCells cells;
    *differs = false;
    for (size_t wanted = FIRST_BYTES;; wanted *= 4) {
        Span sample;
        Status status = stream_peek(stream, wanted, &sample, error);
        if (status != OK) return status;
        bool is_whole = sample.size < wanted;
        cells = (FirstCells){0};
        hash_cells(sample, is_whole, shape, &cells);
        if (is_whole || cells.count == TABLE_SAMPLE_ROWS || wanted >= MAX_BYTES)
            break;
    }
    *differs = all_differ(&cells);
    return OK;
}
