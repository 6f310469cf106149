/* jsonl.c - JSON objects as documents: one a line, in a list, or one alone.
 *
 * With one object a line, a line feed always ends a record, so that a broken
 * line costs only itself. In a list, or where an object spreads over lines,
 * the end is found by counting brackets.
 */
#include "corpus/dump_record.h"

#include "common/input/blank.h"
#include "common/input/json_scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Jsonl {
    const Source *source;
    JsonReader *json;
    Roles roles;
    DumpRecord dump;
    bool by_value; /* objects in a list or over several lines */
    bool in_list;  /* its bracket has not been closed yet */
} Jsonl;

enum { PEEK_BYTES = 64 * 1024 };

/* Whether the object that begins here goes on after its line. A line that ends
 * inside a string does not count: no JSON string holds a line feed. */
static bool spreads_over_lines(Span ahead)
{
    const uint8_t *feed = memchr(ahead.data, '\n', ahead.size);
    if (!feed) return false;
    JsonScan scan = {0};
    size_t end;
    Span line = span_of(ahead.data, (size_t)(feed - ahead.data));
    return !json_scan_end(&scan, line, 0, &end) && !scan.in_string;
}

/* Decides how records end, and enters a list. */
static Status begin(Jsonl *self, Error *error)
{
    Span ahead;
    size_t start = 0;
    Status status = stream_peek(self->source->stream, PEEK_BYTES, &ahead,
                                error);
    if (status != OK) return status;
    while (start < ahead.size && byte_is_blank(ahead.data[start])) start++;
    if (start == ahead.size) return OK;
    bool list = ahead.data[start] == '[';
    Span value = span_of(ahead.data + start, ahead.size - start);
    self->in_list = list;
    self->by_value = list || (*value.data == '{' && spreads_over_lines(value));
    stream_skip(self->source->stream, list ? start + 1 : start);
    return OK;
}

static void jsonl_close(void *reader)
{
    Jsonl *self = reader;
    if (!self) return;
    json_reader_free(self->json);
    roles_release(&self->roles);
    dump_record_release(&self->dump);
    free(self);
}

static Status jsonl_open(const Source *source, void **out, Error *error)
{
    *out = NULL;
    Jsonl *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "reading JSON");
    self->source = self->dump.source = source;
    Status status = json_reader_new(&self->json, error);
    if (status == OK) status = roles_init(&self->roles, source, "jsonl", error);
    if (status == OK) status = begin(self, error);
    if (status == OK) {
        *out = self;
    } else {
        jsonl_close(self);
    }
    return status;
}

/* Skips what is between the values of a list. */
static Status skip_separators(Jsonl *self, Error *error)
{
    Stream *stream = self->source->stream;
    for (;;) {
        Span ahead;
        size_t size = 0;
        Status status = stream_peek(stream, 1, &ahead, error);
        if (status != OK || ahead.size == 0) return status;
        while (size < ahead.size &&
               (byte_is_blank(ahead.data[size]) || ahead.data[size] == ',' ||
                ahead.data[size] == ']')) {
            if (ahead.data[size] == ']') self->in_list = false;
            size++;
        }
        stream_skip(stream, size);
        if (size < ahead.size) return OK;
    }
}

static Status next_record(Jsonl *self, StreamRecord *out, bool *found,
                          Error *error)
{
    *found = false;
    Stream *stream = self->source->stream;
    uint64_t most = self->source->max_record_bytes;
    if (!self->by_value) return stream_line(stream, most, out, found, error);
    Status status = skip_separators(self, error);
    if (status != OK) return status;
    JsonScan scan = {0};
    return stream_record(stream, json_scan_end, &scan, most, out, found, error);
}

/* With a bracket missing, the values after the broken one are part of it. */
static void put_reason(const Jsonl *self, const StreamRecord *record,
                       const char *why, char *reason, size_t size)
{
    uint64_t last = record->line;
    for (size_t i = 0; i + 1 < record->bytes.size; i++)
        last += record->bytes.data[i] == '\n';
    if (self->by_value && last > record->line) {
        snprintf(reason, size, "%s; skipped up to line %" PRIu64, why, last);
    } else {
        snprintf(reason, size, "%s", why);
    }
}

/* Makes a document of the object; *found stays false if it was skipped. */
static Status read_object(Jsonl *self, const StreamRecord *record,
                          JsonObject object, Document *out, bool *found,
                          Error *error)
{
    bool is_dump;
    Status status = dump_record_read(&self->dump, object, &is_dump, error);
    if (status != OK) return status;
    if (is_dump) object.count = DUMP_BASE_MEMBERS;
    *found = roles_apply(&self->roles, object, out);
    if (is_dump && *found) dump_record_apply(&self->dump, &self->roles, out);
    return roles_report(&self->roles, record, *found, error);
}

/* Makes a document of the record; *found stays false if it was skipped. */
static Status read_record(Jsonl *self, const StreamRecord *record,
                          Document *out, bool *found, Error *error)
{
    *found = false;
    JsonObject object;
    Status status = json_read(self->json, record->bytes, &object, error);
    if (status == ERR_NO_MEMORY) return status;
    if (status != OK) {
        char reason[sizeof error->message + 64];
        put_reason(self, record, error->message, reason, sizeof reason);
        status = source_skipped_at(self->source, record,
                                   json_wrong_at(self->json), reason, error);
    } else {
        status = read_object(self, record, object, out, found, error);
    }
    if (!*found) *out = (Document){0};
    return status == OK ? roles_check(&self->roles, false, error) : status;
}

/* The list may have gone on. */
static Status report_end(const Jsonl *self, Error *error)
{
    Place place = source_whole(self->source);
    if (!self->in_list) return OK;
    return listener_changed(self->source->listener, &place,
                            "the list is not closed; the file may be truncated",
                            ADVICE_NONE, error);
}

static Status jsonl_next(void *reader, Document *out, bool *found, Error *error)
{
    Jsonl *self = reader;
    *found = false;
    while (!*found) {
        StreamRecord record;
        bool any;
        Status status = next_record(self, &record, &any, error);
        if (status != OK) return status;
        if (!any) {
            status = report_end(self, error);
            return status == OK ? roles_check(&self->roles, true, error)
                                : status;
        }
        if (record.too_long) {
            status = source_skipped_large(self->source, &record, error);
        } else if (!span_is_blank(record.bytes)) {
            status = read_record(self, &record, out, found, error);
        }
        if (status != OK) return status;
        out->place = source_place(self->source, &record);
    }
    return OK;
}

const ReaderKind JSONL_READER = {CORPUS_JSONL, jsonl_open, jsonl_next,
                                 jsonl_close};
