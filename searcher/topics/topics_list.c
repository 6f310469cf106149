/* topics_list.c - collects the queries of a file, and its problems. */
#include "common/base/utf8_clean.h"
#include "common/input/blank.h"
#include "searcher/topics/topics_internal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static void put_problem(TopicFile *file, TopicPosition position, char *message)
{
    Topics *topics = file->topics;
    for (char *at = message; *at; at++) {
        if (*at == '\n') *at = ' '; /* one line per problem */
    }
    buf_printf(&topics->problems, "%s:%" PRIu64, file->name, position.line);
    if (position.column)
        buf_printf(&topics->problems, ":%" PRIu64, position.column);
    buf_printf(&topics->problems, ": %s\n", message);
}

void topics_refuse(TopicFile *file, TopicPosition position, const char *format,
                   ...)
{
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    put_problem(file, position, message);
    file->topics->refused++;
}

Status topics_add(TopicFile *file, Span qid, Span text, uint64_t line,
                  Error *error)
{
    if (!qid.size) {
        topics_refuse(file, (TopicPosition){.line = line},
                      "query without an id");
        return OK;
    }
    Topics *topics = file->topics;
    if (!utf8_is_clean(text)) {
        buf_printf(&topics->warnings,
                   "%s:%" PRIu64 ": invalid UTF-8 separates words\n",
                   file->name, line);
    }
    Buf clean = {0};
    utf8_put_clean(&clean, qid);
    size_t qid_size = clean.size;
    utf8_put_clean(&clean, text);
    Topic topic = {.line = line};
    topic.qid = arena_copy(&topics->arena, span_of(clean.data, qid_size));
    topic.text = arena_copy(
        &topics->arena, span_of(clean.data + qid_size, clean.size - qid_size));
    buf_put(&topics->list, &topic, sizeof topic);
    bool added = clean.status == OK && topics->arena.status == OK &&
                 topics->list.status == OK;
    buf_release(&clean);
    return added ? OK : fail_memory(error, "reading queries");
}

bool topics_take_line(Span *rest, Span *line)
{
    if (!rest->size) return false;
    const uint8_t *feed = memchr(rest->data, '\n', rest->size);
    size_t size = feed ? (size_t)(feed - rest->data) : rest->size;
    size_t used = feed ? size + 1 : size;
    *line = span_of(rest->data, size);
    if (size && line->data[size - 1] == '\r') line->size--;
    *rest = span_of(rest->data + used, rest->size - used);
    return true;
}

void topics_put_words(Buf *out, Span text)
{
    for (text = span_trim(text); text.size; text = span_trim(text)) {
        size_t size = 0;
        while (size < text.size && !byte_is_blank(text.data[size])) size++;
        if (out->size) buf_put_byte(out, ' ');
        buf_put(out, text.data, size);
        text = span_of(text.data + size, text.size - size);
    }
}
