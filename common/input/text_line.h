/* text_line.h - the lines of a text in memory; they end with LF or CR LF. */
#ifndef QUERN_INPUT_TEXT_LINE_H
#define QUERN_INPUT_TEXT_LINE_H

#include "common/base/span.h"

/* The offset after the line that begins at `at` <= text.size, with its end. */
static inline size_t text_line_end(Span text, size_t at)
{
    const uint8_t *feed = at < text.size
                              ? memchr(text.data + at, '\n', text.size - at)
                              : NULL;
    return feed ? (size_t)(feed - text.data) + 1 : text.size;
}

/* The line from start to end, without its line end. */
static inline Span text_line(Span text, size_t start, size_t end)
{
    if (end > start && text.data[end - 1] == '\n') end--;
    if (end > start && text.data[end - 1] == '\r') end--;
    return span_of(text.data ? text.data + start : NULL, end - start);
}

/* Takes the first line off *rest, without its line end. */
static inline Span text_line_take(Span *rest)
{
    size_t end = text_line_end(*rest, 0);
    Span line = text_line(*rest, 0, end);
    if (end) *rest = span_of(rest->data + end, rest->size - end);
    return line;
}

#endif
