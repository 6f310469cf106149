/* topics.c - reads a file of queries (TREC: topics) in any common format. */
#include "searcher/topics/topics_internal.h"

#include "common/input/stream.h"

#include <inttypes.h>
#include <stdlib.h>

enum { MAX_FILE_BYTES = 1 << 30 };

static int compare_qids(const void *a, const void *b)
{
    const Topic *left = *(const Topic *const *)a;
    const Topic *right = *(const Topic *const *)b;
    int order = span_compare(left->qid, right->qid);
    return order ? order : (left > right) - (left < right);
}

/* Refuses topics whose id was used before; in `sorted` equal ids are
 * adjacent. */
static void refuse_duplicates(TopicFile *file, Topic **sorted, size_t count)
{
    const Topic *first = sorted[0];
    for (size_t i = 1; i < count; i++) {
        Topic *topic = sorted[i];
        if (!span_equal(first->qid, topic->qid)) {
            first = topic;
            continue;
        }
        topics_refuse(file, (TopicPosition){.line = topic->line},
                      "duplicate qid %.*s, first used in line %" PRIu64,
                      SPAN_ARGS(topic->qid), first->line);
        topic->line = 0; /* marks it for removal */
    }
}

static Status drop_duplicates(TopicFile *file, Error *error)
{
    Topics *topics = file->topics;
    Topic *items = (Topic *)(void *)topics->list.data;
    size_t count = topics->list.size / sizeof *items, kept = 0;
    if (count < 2) return OK;
    Topic **sorted = calloc(count, sizeof *sorted);
    if (!sorted) return fail_memory(error, "reading queries");
    for (size_t i = 0; i < count; i++) sorted[i] = items + i;
    qsort(sorted, count, sizeof *sorted, compare_qids);
    refuse_duplicates(file, sorted, count);
    free(sorted);
    for (size_t i = 0; i < count; i++) {
        if (items[i].line) items[kept++] = items[i];
    }
    topics->list.size = kept * sizeof *items;
    return OK;
}

static const char *format_name(TopicFormat format)
{
    static const char *const names[] = {
        [TOPICS_LINES] = "one query per line",
        [TOPICS_TSV] = "qid<TAB>query",
        [TOPICS_COLON] = "qid:query",
        [TOPICS_WORDS] = "qid query words",
        [TOPICS_JSON] = "JSON",
        [TOPICS_TREC] = "TREC topics",
        [TOPICS_DOC] = "<DOC> topics",
        [TOPICS_CSV] = "a table",
        [TOPICS_SMART] = "SMART",
        [TOPICS_QUESTIONS] = "question<TAB>[answers]",
    };
    return names[format];
}

/* Whether the options name fields, and the format has none. */
static bool lacks_fields(const TopicOptions *options, TopicFormat format)
{
    bool has_fields = format == TOPICS_JSON || format == TOPICS_CSV ||
                      format == TOPICS_TREC || format == TOPICS_DOC;
    return !has_fields && (options->qid_field || options->query_field);
}

static Status parse(TopicFile *file, TopicFormat format, Error *error)
{
    if (lacks_fields(file->options, format))
        return fail(error, ERR_USAGE,
                    "%s: the format is %s, which has no fields for "
                    "--qid-field and --query-field",
                    file->name, format_name(format));
    if (format == TOPICS_JSON) return topics_read_json(file, error);
    if (format == TOPICS_CSV) return topics_read_table(file, error);
    if (format == TOPICS_TREC) return topics_read_tagged(file, error);
    if (file->options->field != TOPIC_TITLE) {
        return fail(error, ERR_USAGE,
                    "%s: the format is %s, which has no fields for "
                    "--topic-field",
                    file->name, format_name(format));
    }
    if (format == TOPICS_DOC) return topics_read_tagged(file, error);
    if (format == TOPICS_SMART) return topics_read_smart(file, error);
    if (format == TOPICS_QUESTIONS) return topics_read_questions(file, error);
    return topics_read_lines(file, format, error);
}

static Status choose_format(const TopicFile *file, TopicFormat *format,
                            Error *error)
{
    *format = file->options->format;
    if (*format != TOPICS_DETECT) return OK;
    const char *other = topics_other_kind(file->bytes);
    if (other)
        return fail(error, ERR_USAGE, "%s: expected queries, found %s",
                    file->name, other);
    *format = topics_detect(file->bytes, file->options);
    if (*format != TOPICS_DETECT) return OK;
    return fail(error, ERR_USAGE,
                "%s: unknown format: tags, but no <top>, <topic>, <query> or "
                "<DOC>; use --topic-format lines to read each line as a query",
                file->name);
}

/* Reads the stream: the decompressed file, without its byte-order mark. */
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
        return fail(error, ERR_LIMIT, "%s: query file is larger than 1 GB",
                    file.name);
    TopicFormat format;
    status = choose_format(&file, &format, error);
    if (status != OK) return status;
    out->format = format_name(format);
    status = parse(&file, format, error);
    buf_release(&file.text);
    buf_release(&file.unnamed);
    if (status == OK) status = drop_duplicates(&file, error);
    out->items = (const Topic *)(void *)out->list.data;
    out->count = out->list.size / sizeof *out->items;
    buf_keep_failure(&out->problems, &out->warnings);
    return status == OK ? buf_check(&out->problems, "reading queries", error)
                        : status;
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
    buf_release(&topics->problems);
    buf_release(&topics->warnings);
    arena_release(&topics->arena);
    *topics = (Topics){0};
}
