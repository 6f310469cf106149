/* table_shape.c - how the rows of a table are written, by its first rows. */
#include "common/input/table_shape.h"

#include "common/input/blank.h"
#include "common/input/row.h"

#include <string.h>

/* More cells are counted as one more. */
enum { MAX_CELLS = 255 };

static const uint8_t SEPARATORS[] = {',', ';', '\t', '|'};

/* The end of the row that starts at `at`; 0 if the sample ends before it. */
static size_t row_end(const TableRows *rows, size_t at)
{
    Span rest = span_of(rows->sample.data + at, rows->sample.size - at);
    size_t end = 0;
    RowScan scan = {.separator = rows->separator};
    if (rows->quoted) {
        if (row_scan_end(&scan, rest, 0, &end)) return at + end;
    } else {
        const uint8_t *feed = memchr(rest.data, '\n', rest.size);
        if (feed) return at + (size_t)(feed - rest.data) + 1;
    }
    return rows->is_whole || at == 0 ? rows->sample.size : 0;
}

static size_t count_cells(const TableRows *rows, Span row)
{
    bool in_quotes = false, in_cell = false;
    size_t count = 1;
    for (size_t i = 0; i < row.size; i++) {
        uint8_t byte = row.data[i];
        bool opens = byte == '"' && rows->quoted &&
                     (!in_cell || row.data[i - 1] == '"');
        if (in_quotes) {
            in_quotes = byte != '"';
        } else if (opens) {
            in_quotes = in_cell = true;
        } else {
            count += byte == rows->separator;
            in_cell = byte != rows->separator;
        }
    }
    return count;
}

TableRows table_rows(Span sample, bool is_whole, const TableShape *shape)
{
    return (TableRows){.sample = sample,
                       .is_whole = is_whole,
                       .quoted = shape->quoted,
                       .separator = shape->separator,
                       .at = shape->first_row};
}

bool table_rows_next(TableRows *rows, Span *row, size_t *start, size_t *cells)
{
    while (rows->at < rows->sample.size) {
        size_t end = row_end(rows, rows->at);
        if (end == 0) return false;
        *start = rows->at;
        *row = span_of(rows->sample.data + rows->at, end - rows->at);
        rows->at = end;
        if (row->data[row->size - 1] == '\n') row->size--;
        if (row->size && row->data[row->size - 1] == '\r') row->size--;
        *cells = count_cells(rows, *row);
        if (row->size) return true;
    }
    return false;
}

/* The number of cells of the rows that are the table: the most common one, but
 * a larger one if at least a quarter of the rows have it, and if they have more
 * cells in all. So a few lines before a short table are not taken for it. */
static size_t usual_cells(const size_t *counts, size_t row_count)
{
    size_t usual = 0;
    for (size_t cells = 1; cells <= MAX_CELLS + 1; cells++) {
        bool is_common = counts[cells] > 1 && counts[cells] * 4 >= row_count;
        if (counts[cells] > counts[usual] ||
            (is_common && counts[cells] * cells > counts[usual] * usual))
            usual = cells;
    }
    return usual;
}

/* How many rows have the usual number of cells; sets what the shape says of the
 * rows. */
static size_t count_even_rows(Span sample, bool is_whole, TableShape *shape)
{
    size_t counts[MAX_CELLS + 2] = {0}, start, cells;
    TableRows rows = table_rows(sample, is_whole, shape);
    Span row;
    shape->row_count = 0;
    while (shape->row_count < TABLE_SAMPLE_ROWS &&
           table_rows_next(&rows, &row, &start, &cells)) {
        counts[cells > MAX_CELLS ? MAX_CELLS + 1 : cells]++;
        shape->row_count++;
    }
    size_t usual = usual_cells(counts, shape->row_count);
    shape->column_count = usual;
    shape->is_even = shape->row_count && counts[usual] == shape->row_count;
    return counts[usual];
}

/* X of "sep=X", which may be in quotes; *size is that of the line. */
static bool find_named_separator(Span sample, uint8_t *separator, size_t *size)
{
    enum { MARK_BYTES = 4 };
    const uint8_t *feed = sample.size ? memchr(sample.data, '\n', sample.size)
                                      : NULL;
    *size = feed ? (size_t)(feed - sample.data) + 1 : sample.size;
    Span line = span_of(sample.data, *size);
    while (line.size && (line.data[line.size - 1] == '\n' ||
                         line.data[line.size - 1] == '\r'))
        line.size--;
    if (line.size >= 2 && *line.data == '"' && line.data[line.size - 1] == '"')
        line = span_of(line.data + 1, line.size - 2);
    if (line.size != MARK_BYTES + 1 ||
        !span_equal_caseless(span_of(line.data, MARK_BYTES), span_text("sep=")))
        return false;
    *separator = line.data[MARK_BYTES];
    return *separator != '"';
}

bool table_names_separator(Span sample)
{
    uint8_t separator;
    size_t size;
    return find_named_separator(sample, &separator, &size);
}

TableShape table_shape_of_csv(Span sample, bool is_whole)
{
    TableShape best = {.separator = ',', .quoted = true};
    if (find_named_separator(sample, &best.separator, &best.first_row)) {
        count_even_rows(sample, is_whole, &best);
        return best;
    }
    best.first_row = 0;
    size_t best_even = count_even_rows(sample, is_whole, &best);
    if (best.column_count < 2) best_even = 0;
    for (size_t i = 1; i < sizeof SEPARATORS; i++) {
        TableShape other = {.separator = SEPARATORS[i], .quoted = true};
        size_t even = count_even_rows(sample, is_whole, &other);
        size_t ours = best_even * other.row_count,
               theirs = even * best.row_count;
        if (other.column_count < 2 || theirs < ours ||
            (theirs == ours && other.column_count <= best.column_count))
            continue;
        best = other;
        best_even = even;
    }
    return best;
}

/* Whether the row is not empty and all of its cells begin and end with a
 * quote. */
static bool is_all_quoted(Span row)
{
    for (size_t at = 0; at <= row.size;) {
        const uint8_t *tab = at < row.size
                                 ? memchr(row.data + at, '\t', row.size - at)
                                 : NULL;
        size_t end = tab ? (size_t)(tab - row.data) : row.size;
        if (end - at < 2 || row.data[at] != '"' || row.data[end - 1] != '"')
            return false;
        at = end + 1;
    }
    return true;
}

TableShape table_shape_of_tsv(Span sample, bool is_whole)
{
    TableShape plain = {.separator = '\t'},
               quoted = {.separator = '\t', .quoted = true};
    count_even_rows(sample, is_whole, &plain);
    if (!sample.size || !memchr(sample.data, '"', sample.size)) return plain;
    TableRows rows = table_rows(sample, is_whole, &plain);
    size_t start, cells;
    Span row;
    bool is_certain = table_rows_next(&rows, &row, &start, &cells) &&
                      is_all_quoted(row);
    if (plain.is_even && !is_certain) return plain;
    count_even_rows(sample, is_whole, &quoted);
    bool fits = quoted.is_even && quoted.column_count > 1;
    return is_certain || fits ? quoted : plain;
}
