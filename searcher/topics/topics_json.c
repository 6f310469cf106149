/* topics_json.c - queries as JSON objects, one per line or in a list. */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/json.h"
#include "common/input/json_scan.h"

#include <inttypes.h>
#include <stdio.h>

/* Keys of Anserini, BEIR, TREC and handwritten files, in order of preference.
 */
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

static bool put_value(Buf *text, JsonObject object, const char *const *keys)
{
    const JsonMember *member = find(object, keys);
    if (!member) return false;
    if (text->size) buf_put_byte(text, ' ');
    buf_put_span(text, member->value);
    return true;
}

/* Puts the requested field into `text`; false if the object has none. */
static bool put_field(Buf *text, JsonObject object, TopicField field)
{
    buf_clear(text);
    if (field == TOPIC_NARR) return put_value(text, object, NARR_KEYS);
    bool title = field != TOPIC_DESC && put_value(text, object, TITLE_KEYS);
    bool desc = field != TOPIC_TITLE && put_value(text, object, DESC_KEYS);
    return title || desc;
}

static const char *keys_of(TopicField field)
{
    switch (field) {
    case TOPIC_TITLE: return "query, title, text";
    case TOPIC_DESC: return "desc, description";
    case TOPIC_NARR: return "narr, narrative";
    case TOPIC_TITLE_DESC: break;
    }
    return "query, title, text, desc, description";
}

static void refuse_field(TopicFile *file, JsonObject object, uint64_t line)
{
    Buf keys = {0};
    for (size_t i = 0; i < object.count; i++)
        buf_printf(&keys, "%s%.*s", i ? ", " : "",
                   SPAN_ARGS(object.members[i].key));
    const char *names = buf_text(&keys);
    topics_refuse(file, (TopicPosition){.line = line},
                  "no query text (tried %s); the keys are: %s",
                  keys_of(file->options->field),
                  names && *names ? names : "none");
    buf_release(&keys);
}

static Status add_object(TopicFile *file, JsonObject object, uint64_t line,
                         Error *error)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, line);
    const JsonMember *qid = find(object, QID_KEYS);
    if (!put_field(&file->text, object, file->options->field)) {
        refuse_field(file, object, line);
        return OK;
    }
    Status status = buf_check(&file->text, "reading queries", error);
    if (status != OK) return status;
    return topics_add(file, qid ? qid->value : span_text(digits),
                      span_trim(buf_span(&file->text)), line, error);
}

/* Skips white space, commas and the brackets of a list. */
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

/* Reports an error at offset `wrong` of the text, which begins in this line. */
static void refuse_text(TopicFile *file, Span text, size_t wrong, uint64_t line,
                        const char *reason)
{
    TopicPosition position = {line, 1};
    for (size_t i = 0; i < wrong && i < text.size; i++) {
        bool feed = text.data[i] == '\n';
        position.line += feed;
        position.column = feed ? 1 : position.column + 1;
    }
    topics_refuse(file, position, "%s", reason);
}

/* How many bytes to skip after a malformed object: the line, since most files
 * have one object per line. */
static size_t line_size(Span rest)
{
    const uint8_t *feed = memchr(rest.data, '\n', rest.size);
    return feed ? (size_t)(feed - rest.data) : rest.size;
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
        if (status == ERR_USAGE) {
            refuse_text(file, rest, json_wrong_at(json), line, error->message);
            size = line_size(rest);
        } else if (status == OK) {
            status = add_object(file, object, line, error);
        }
        if (status == ERR_NO_MEMORY) return status;
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
