/* topics.c - a file of queries, in any of the formats people keep them in. */
#include "searcher/query/topics_internal.h"

#include "common/base/utf8_clean.h"
#include "common/input/stream.h"

#include <inttypes.h>
#include <stdlib.h>

enum { MAX_FILE_BYTES = 1 << 30 };

Status topics_add(TopicFile *file, Span qid, Span text, uint64_t line,
                  Error *error)
{
    if (!qid.size)
        return fail(error, ERR_USAGE, "%s:%" PRIu64 ": a query without an id",
                    file->name, line);
    Topics *topics = file->topics;
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

static int compare_qids(const void *a, const void *b)
{
    const Topic *left = *(const Topic *const *)a;
    const Topic *right = *(const Topic *const *)b;
    int order = span_compare(left->qid, right->qid);
    return order ? order : (left > right) - (left < right);
}

static Status check_unique(const TopicFile *file, Error *error)
{
    const Topics *topics = file->topics;
    const Topic **sorted = calloc(topics->count + 1, sizeof(const Topic *));
    if (!sorted) return fail_memory(error, "reading queries");
    for (size_t i = 0; i < topics->count; i++) sorted[i] = topics->items + i;
    qsort(sorted, topics->count, sizeof *sorted, compare_qids);
    Status status = OK;
    for (size_t i = 1; i < topics->count && status == OK; i++) {
        const Topic *first = sorted[i - 1], *second = sorted[i];
        if (!span_equal(first->qid, second->qid)) continue;
        status = fail(error, ERR_CONFLICT,
                      "%s:%" PRIu64 ": qid %.*s is given twice, first in line "
                      "%" PRIu64,
                      file->name, second->line, SPAN_ARGS(second->qid),
                      first->line);
    }
    free(sorted);
    return status;
}

static const char *format_name(TopicFormat format)
{
    static const char *const names[] = {
        [TOPICS_LINES] = "a query a line",
        [TOPICS_TSV] = "qid<TAB>query",
        [TOPICS_COLON] = "qid:query",
        [TOPICS_WORDS] = "qid query words",
        [TOPICS_JSON] = "JSON",
        [TOPICS_TREC] = "TREC topics",
        [TOPICS_DOC] = "<DOC> topics",
    };
    return names[format];
}

static Status parse(TopicFile *file, TopicFormat format, Error *error)
{
    if (format == TOPICS_JSON) return topics_read_json(file, error);
    if (format == TOPICS_TREC) return topics_read_tagged(file, error);
    if (file->options->field != TOPIC_TITLE) {
        return fail(error, ERR_USAGE,
                    "%s is %s: it has no fields for --topic-field to choose "
                    "from",
                    file->name, format_name(format));
    }
    if (format == TOPICS_DOC) return topics_read_tagged(file, error);
    return topics_read_lines(file, format, error);
}

/* What a stream has made of the file: unpacked, without byte-order mark. */
static Status parse_stream(Stream *stream, const TopicOptions *options,
                           Topics *out, Error *error)
{
    const char *name = stream_name(stream);
    TopicFile file = {.name = strcmp(name, "-") ? name : "standard input",
                      .options = options,
                      .topics = out};
    Status status = stream_peek(stream, (size_t)MAX_FILE_BYTES + 1, &file.bytes,
                                error);
    if (status != OK) return status;
    if (file.bytes.size > MAX_FILE_BYTES)
        return fail(error, ERR_LIMIT, "%s: more than %d bytes of queries",
                    file.name, MAX_FILE_BYTES);
    TopicFormat format = options->format;
    if (format == TOPICS_DETECT) format = topics_detect(file.bytes);
    out->format = format_name(format);
    status = parse(&file, format, error);
    buf_release(&file.text);
    out->items = (const Topic *)(void *)out->list.data;
    out->count = out->list.size / sizeof *out->items;
    return status == OK ? check_unique(&file, error) : status;
}

static Status parse_and_close(Stream *stream, const TopicOptions *options,
                              Topics *out, Error *error)
{
    Status status = parse_stream(stream, options, out, error);
    stream_close(stream);
    if (status != OK) topics_release(out);
    return status;
}

Status topics_read(const char *path, const TopicOptions *options, Topics *out,
                   Error *error)
{
    *out = (Topics){0};
    Stream *stream;
    Status status = stream_open(path, &stream, error);
    return status == OK ? parse_and_close(stream, options, out, error) : status;
}

Status topics_parse(Span bytes, const char *name, const TopicOptions *options,
                    Topics *out, Error *error)
{
    *out = (Topics){0};
    Stream *stream;
    Status status = stream_open_memory(bytes, name, &stream, error);
    return status == OK ? parse_and_close(stream, options, out, error) : status;
}

void topics_release(Topics *topics)
{
    buf_release(&topics->list);
    arena_release(&topics->arena);
    *topics = (Topics){0};
}
