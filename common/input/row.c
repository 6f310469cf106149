/* row.c - a row of a table as cells. */
#include "common/input/row.h"

#include <string.h>

bool row_scan_end(void *context, Span bytes, size_t from, size_t *end)
{
    RowScan *scan = context;
    for (size_t i = from; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        if (scan->in_quotes) {
            scan->in_quotes = byte != '"';
        } else if (byte == '\n') {
            *end = i + 1;
            return true;
        } else if (byte == '"' &&
                   (!scan->in_field || bytes.data[i - 1] == '"')) {
            if (!scan->in_field) scan->quote = i;
            scan->in_quotes = scan->in_field = true;
        } else {
            scan->in_field = byte != scan->separator;
        }
    }
    return false;
}

static void add_cell(Row *row, Span value)
{
    JsonMember cell = {.value = value, .kind = JSON_VALUE};
    buf_put(&row->cells, &cell, sizeof cell);
}

static void split_plain(Row *row, Span bytes)
{
    size_t at = 0;
    for (;;) {
        bool last = row->column_count &&
                    row_cell_count(row) + 1 == row->column_count;
        Span rest = span_of(bytes.data + at, bytes.size - at);
        const uint8_t *end = last || !rest.size
                                 ? NULL
                                 : memchr(rest.data, row->separator, rest.size);
        size_t size = end ? (size_t)(end - rest.data) : rest.size;
        add_cell(row, span_of(rest.data, size));
        if (!end) return;
        at += size + 1;
    }
}

/* The quoted field that begins at *at, which moves after the closing quote. */
static Span unquote(Row *row, Span bytes, size_t *at)
{
    size_t start = row->unquoted.size;
    while (*at < bytes.size) {
        uint8_t byte = bytes.data[(*at)++];
        if (byte == '"') {
            if (*at == bytes.size || bytes.data[*at] != '"') break;
            ++*at;
        }
        buf_put_byte(&row->unquoted, byte);
    }
    return span_of(row->unquoted.data + start, row->unquoted.size - start);
}

/* False if there is text between a closing quote and the separator. */
static bool split_quoted(Row *row, Span bytes)
{
    bool valid = true;
    for (size_t at = 0;; at++) {
        bool quoted = at < bytes.size && bytes.data[at] == '"';
        if (quoted) at++;
        Span value = quoted ? unquote(row, bytes, &at) : (Span){0};
        size_t start = at;
        while (at < bytes.size && bytes.data[at] != row->separator) at++;
        if (!quoted) {
            value = span_of(bytes.data + start, at - start);
        } else if (at > start && valid) {
            valid = false;
            row->wrong_at = start;
        }
        add_cell(row, value);
        if (at == bytes.size) return valid;
    }
}

const char *row_split(Row *row, Span bytes)
{
    buf_clear(&row->cells);
    buf_clear(&row->unquoted);
    if (!row->quoted) {
        split_plain(row, bytes);
        return NULL;
    }
    bool valid = buf_reserve(&row->unquoted, bytes.size + 1) &&
                 split_quoted(row, bytes);
    return valid ? NULL : "text after a closing quote";
}

void row_release(Row *row)
{
    buf_release(&row->cells);
    buf_release(&row->unquoted);
}
