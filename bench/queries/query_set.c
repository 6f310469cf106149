/* query_set.c - the queries that are measured. */
#include "bench/queries/query_set.h"

#include "bench/statistics/random_draws.h"
#include "common/input/stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A first column is taken as classes if it has at most MAX_CLASSES
 * different values, each on two lines on average. */
enum { MAX_FILE_BYTES = 1 << 30, MAX_CLASSES = 64 };

static bool next_line(Span *rest, Span *line)
{
    if (rest->size == 0) return false;
    const uint8_t *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    size_t taken = size + (end != NULL);
    *line = span_of(rest->data, size);
    if (size && line->data[size - 1] == '\r') line->size--;
    *rest = span_of(rest->data + taken, rest->size - taken);
    return true;
}

/* False if there is no tab, or nothing before it. */
static bool split_line(Span line, Span *class_name, Span *text)
{
    const uint8_t *tab = memchr(line.data, '\t', line.size);
    if (!tab || tab == line.data) return false;
    size_t size = (size_t)(tab - line.data);
    *class_name = span_of(line.data, size);
    *text = span_of(tab + 1, line.size - size - 1);
    return true;
}

typedef struct ClassNames {
    Span names[MAX_CLASSES];
    size_t count;
} ClassNames;

/* False if there are too many. */
static bool add_class(ClassNames *classes, Span name)
{
    for (size_t i = 0; i < classes->count; i++) {
        if (span_equal(classes->names[i], name)) return true;
    }
    if (classes->count == MAX_CLASSES) return false;
    classes->names[classes->count++] = name;
    return true;
}

static bool has_classes(Span bytes)
{
    ClassNames classes = {.count = 0};
    Span line, name, text;
    size_t count = 0;
    while (next_line(&bytes, &line)) {
        if (line.size == 0) continue;
        if (!split_line(line, &name, &text) || !add_class(&classes, name))
            return false;
        count++;
    }
    return count && classes.count <= count / 2;
}

/* One line, since the protocol has one query a line. */
static Span copy_query(QuerySet *set, Span text)
{
    uint8_t *copy = arena_alloc(&set->arena, text.size + 1);
    if (!copy) return (Span){0};
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        copy[i] = byte == '\n' || byte == '\r' || byte == '\t' || !byte ? ' '
                                                                        : byte;
    }
    copy[text.size] = 0;
    return span_of(copy, text.size);
}

static bool is_word_byte(uint8_t byte)
{
    return byte >= 0x80 || byte == '_' || byte == '\'' ||
           (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

static Span copy_words(QuerySet *set, Span text)
{
    uint8_t *copy = arena_alloc(&set->arena, text.size + 1);
    if (!copy) return (Span){0};
    for (size_t i = 0; i < text.size; i++)
        copy[i] = is_word_byte(text.data[i]) ? text.data[i] : ' ';
    copy[text.size] = 0;
    return span_of(copy, text.size);
}

static const char *copy_text(QuerySet *set, Span text)
{
    Span copy = arena_copy(&set->arena, text);
    return copy.data ? (const char *)copy.data : "";
}

static const char *line_number(QuerySet *set, uint64_t line)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, line);
    return copy_text(set, span_text(text));
}

/* Room for `count` queries. */
static SetQuery *make_room(QuerySet *set, size_t count)
{
    set->items = arena_zeroed(&set->arena, count, sizeof *set->items);
    return set->items;
}

static void add_query(QuerySet *set, const char *qid, const char *class_name,
                      Span text)
{
    set->items[set->count++] = (SetQuery){
        qid, class_name, copy_query(set, text), copy_words(set, text)};
}

static void read_classes(QuerySet *set)
{
    Span rest = set->bytes, line, name, text;
    size_t lines = 1, number = 0;
    for (size_t i = 0; i < rest.size; i++) lines += rest.data[i] == '\n';
    set->format = "class<TAB>query";
    set->has_classes = true;
    if (!make_room(set, lines)) return;
    while (next_line(&rest, &line)) {
        number++;
        if (line.size == 0 || !split_line(line, &name, &text)) continue;
        add_query(set, line_number(set, number), copy_text(set, name), text);
    }
}

static Status read_topics(QuerySet *set, const char *name,
                          const TopicOptions *options, Error *error)
{
    Topics topics;
    Status status = topics_parse(set->bytes, name, options, &topics, error);
    if (status != OK) return status;
    set->format = topics.format;
    buf_put_span(&set->problems, buf_span(&topics.problems));
    buf_put_span(&set->warnings, buf_span(&topics.warnings));
    if (make_room(set, topics.count + 1)) {
        for (size_t i = 0; i < topics.count; i++) {
            const Topic *topic = &topics.items[i];
            add_query(set, copy_text(set, topic->qid), NULL, topic->text);
        }
    }
    topics_release(&topics);
    return OK;
}

static Status read_bytes(const char *path, QuerySet *set, Error *error)
{
    Stream *stream;
    Span bytes;
    Status status = stream_open(path, &stream, error);
    if (status != OK) return status;
    status = stream_peek(stream, (size_t)MAX_FILE_BYTES + 1, &bytes, error);
    if (status == OK && bytes.size > MAX_FILE_BYTES) {
        status = fail(error, ERR_LIMIT, "%s: query file is larger than 1 GB",
                      path);
    }
    if (status == OK) buf_put_span(&set->content, bytes);
    set->bytes = buf_span(&set->content);
    stream_close(stream);
    return status == OK ? buf_check(&set->content, "reading queries", error)
                        : status;
}

Status query_set_read(const char *path, const TopicOptions *options,
                      QuerySet *out, Error *error)
{
    const char *name = strcmp(path, "-") ? path : "standard input";
    *out = (QuerySet){0};
    Status status = read_bytes(path, out, error);
    bool is_other = topics_other_kind(out->bytes) != NULL;
    if (status == OK && !is_other && has_classes(out->bytes)) {
        read_classes(out);
    } else if (status == OK) {
        status = read_topics(out, name, options, error);
    }
    if (status == OK && out->arena.status != OK)
        status = fail_memory(error, "reading queries");
    if (status == OK && out->count == 0) {
        status = fail(error, ERR_USAGE, "%s: %s", name,
                      out->problems.size ? "none of the queries could be read"
                                         : "no queries in it");
    }
    return status;
}

void query_set_release(QuerySet *set)
{
    buf_release(&set->problems);
    buf_release(&set->warnings);
    buf_release(&set->content);
    arena_release(&set->arena);
    *set = (QuerySet){0};
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Each query has a key, always the same; those with the least keys are kept. So
 * a smaller draw is a part of a larger one, and results of both have queries in
 * common. */
void query_set_draw(QuerySet *set, size_t count)
{
    Draws draws = {1};
    size_t kept = 0, all = set->count;
    uint64_t *keys = arena_alloc(&set->arena, 2 * all * sizeof *keys);
    if (!keys || count >= all) return;
    uint64_t *sorted = keys + all;
    for (size_t i = 0; i < all; i++) keys[i] = draws_next(&draws);
    memcpy(sorted, keys, all * sizeof *keys);
    qsort(sorted, all, sizeof *sorted, compare_keys);
    for (size_t i = 0; i < all; i++) {
        if (keys[i] < sorted[count]) set->items[kept++] = set->items[i];
    }
    set->count = kept;
}
