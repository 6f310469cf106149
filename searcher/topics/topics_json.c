/* topics_json.c - queries as JSON objects, one per line or in a list. */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/json_scan.h"

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
            status = topics_add_record(file, object, line, error);
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
    return status == OK ? topics_check_unnamed(file, error) : status;
}
