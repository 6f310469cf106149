/* trec_line.c - reads the lines of runs and judgements. */
#include "bench/quality/trec_line.h"

#include "common/input/blank.h"
#include "common/input/stream.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { MAX_LINE_BYTES = 64 * 1024 };

Status trec_line_fail(const TrecLine *line, Error *error, const char *format,
                      ...)
{
    char text[ERROR_MESSAGE_BYTES / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return fail(error, ERR_USAGE, "%s:%" PRIu64 ": %s", line->file,
                line->number, text);
}

/* Splits a line; returns how many columns it has, also above the maximum. */
static size_t split(Span text, TrecLine *line)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        while (i < text.size && !byte_is_blank(text.data[i])) i++;
        if (i > start) {
            Span column = span_of(text.data + start, i - start);
            if (count < TREC_MAX_COLUMNS) line->columns[count] = column;
            count++;
        }
        while (i < text.size && byte_is_blank(text.data[i])) i++;
    }
    return count;
}

static Status visit_line(const TrecForm *form, TrecLine *line, Span text,
                         TrecLineVisit *visit, void *self, Error *error)
{
    size_t count = split(text, line);
    if (!count) return OK;
    if (count != form->columns) {
        bool is_other = count == form->other_columns;
        return trec_line_fail(line, error,
                              "%zu column%s; a line of %s has %zu: %s%s", count,
                              count == 1 ? "" : "s", form->what, form->columns,
                              form->names, is_other ? form->other : "");
    }
    for (size_t i = 0; i < count; i++) {
        if (memchr(line->columns[i].data, 0, line->columns[i].size))
            return trec_line_fail(line, error, "a NUL byte; is it text?");
    }
    return visit(self, line, error);
}

static Status read_lines(Stream *stream, TrecLine *line, const TrecForm *form,
                         TrecLineVisit *visit, void *self, Error *error)
{
    for (;;) {
        StreamRecord record;
        bool found;
        Status status = stream_line(stream, MAX_LINE_BYTES, &record, &found,
                                    error);
        if (status != OK || !found) return status;
        line->number = record.line;
        if (record.too_long) {
            return trec_line_fail(line, error,
                                  "longer than %d bytes; a line of %s is: %s",
                                  MAX_LINE_BYTES, form->what, form->names);
        }
        status = visit_line(form, line, record.bytes, visit, self, error);
        if (status != OK) return status;
    }
}

Status trec_lines_read(const char *path, const TrecForm *form,
                       TrecLineVisit *visit, void *self, Error *error)
{
    Stream *stream = NULL;
    Status status = stream_open(path, &stream, error);
    if (status != OK) return status;
    bool is_input = !strcmp(path, "-");
    TrecLine line = {.file = is_input ? "standard input" : path};
    status = read_lines(stream, &line, form, visit, self, error);
    stream_close(stream);
    return status;
}

Status trec_lines_parse(Span text, const char *name, const TrecForm *form,
                        TrecLineVisit *visit, void *self, Error *error)
{
    Stream *stream = NULL;
    Status status = stream_open_memory(text, name, &stream, error);
    if (status != OK) return status;
    TrecLine line = {.file = name};
    status = read_lines(stream, &line, form, visit, self, error);
    stream_close(stream);
    return status;
}

Span trec_id_keep(Arena *arena, Span id, Span last)
{
    return last.data && span_equal(id, last) ? last : arena_copy(arena, id);
}
