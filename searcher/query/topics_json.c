/* topics_json.c - queries as JSON objects, one a line or in a list. */
#include "searcher/query/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/json.h"
#include "common/input/json_scan.h"

#include <inttypes.h>
#include <stdio.h>

/* In order of preference: Anserini, BEIR, TREC, by hand. */
static const char *const QID_KEYS[] = {"id",       "_id",    "qid",
                                       "query_id", "number", NULL};
static const char *const TITLE_KEYS[] = {"query", "title", "text", NULL};
static const char *const DESC_KEYS[] = {"desc", "description", NULL};
static const char *const NARR_KEYS[] = {"narr", "narrative", NULL};

static const JsonMember *find(JsonObject object, const char *const *keys)
{
    for (; *keys; keys++) {
        const JsonMember *member = json_find(object, span_text(*keys));
        if (member && member->kind == JSON_VALUE) return member;
    }
    return NULL;
}

static bool put_part(Buf *text, JsonObject object, const char *const *keys)
{
    const JsonMember *member = find(object, keys);
    if (!member) return false;
    if (text->size) buf_put_byte(text, ' ');
    buf_put_span(text, member->value);
    return true;
}

/* Puts the field asked for into `text`; false if the object has none. */
static bool put_field(Buf *text, JsonObject object, TopicField field)
{
    buf_clear(text);
    if (field == TOPIC_NARR) return put_part(text, object, NARR_KEYS);
    bool title = field != TOPIC_DESC && put_part(text, object, TITLE_KEYS);
    bool desc = field != TOPIC_TITLE && put_part(text, object, DESC_KEYS);
    return title || desc;
}

static Status fail_field(const TopicFile *file, JsonObject object,
                         uint64_t line, Error *error)
{
    Buf keys = {0};
    for (size_t i = 0; i < object.count; i++)
        buf_printf(&keys, "%s'%.*s'", i ? ", " : "",
                   SPAN_ARGS(object.members[i].key));
    const char *names = buf_text(&keys);
    fail(error, ERR_USAGE,
         "%s:%" PRIu64 ": no query: none of %s holds a text; the keys are %s",
         file->name, line,
         file->options->field == TOPIC_TITLE  ? "'query', 'title', 'text'"
         : file->options->field == TOPIC_NARR ? "'narr', 'narrative'"
         : file->options->field == TOPIC_DESC
             ? "'desc', 'description'"
             : "'query', 'title', 'text', 'desc', 'description'",
         names && *names ? names : "none");
    buf_release(&keys);
    return ERR_USAGE;
}

static Status add_object(TopicFile *file, JsonObject object, uint64_t line,
                         Error *error)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, line);
    const JsonMember *qid = find(object, QID_KEYS);
    if (!put_field(&file->text, object, file->options->field))
        return fail_field(file, object, line, error);
    Status status = buf_check(&file->text, "reading queries", error);
    if (status != OK) return status;
    return topics_add(file, qid ? qid->value : span_text(digits),
                      span_trim(buf_span(&file->text)), line, error);
}

/* Past white space, commas and the brackets of a list. */
static void skip_separators(Span *rest, uint64_t *line)
{
    while (rest->size) {
        uint8_t byte = *rest->data;
        if (!byte_is_blank(byte) && byte != ',' && byte != '[' && byte != ']')
            return;
        *line += byte == '\n';
        rest->data++;
        rest->size--;
    }
}

/* `wrong` is the byte of the file that is wrong. */
static Status fail_place(const TopicFile *file, const uint8_t *wrong,
                         Error *error)
{
    Error cause = *error;
    uint64_t line = 1, column = 1;
    for (const uint8_t *at = file->bytes.data; at < wrong; at++) {
        line += *at == '\n';
        column = *at == '\n' ? 1 : column + 1;
    }
    return fail(error, ERR_USAGE, "%s:%" PRIu64 ":%" PRIu64 ": %s", file->name,
                line, column, cause.message);
}

static Status read_objects(TopicFile *file, JsonReader *json, Error *error)
{
    Span rest = file->bytes;
    uint64_t line = 1;
    for (;;) {
        skip_separators(&rest, &line);
        if (!rest.size) return OK;
        JsonScan scan = {0};
        size_t size;
        if (!json_scan_end(&scan, rest, 0, &size)) size = rest.size;
        JsonObject object;
        Status status = json_read(json, span_of(rest.data, size), &object,
                                  error);
        if (status == ERR_USAGE)
            return fail_place(file, rest.data + json_wrong_at(json), error);
        if (status == OK) status = add_object(file, object, line, error);
        if (status != OK) return status;
        for (size_t i = 0; i < size; i++) line += rest.data[i] == '\n';
        rest = span_of(rest.data + size, rest.size - size);
    }
}

Status topics_read_json(TopicFile *file, Error *error)
{
    JsonReader *json;
    Status status = json_reader_new(&json, error);
    if (status == OK) status = read_objects(file, json, error);
    json_reader_free(json);
    return status;
}
