/* json.c - reads one JSON object at a time as a flat list of its members.
 *
 * yajl is the tokenizer. One yajl parser in multi-value mode reads all records:
 * a parser per record takes 15 % longer for records of 800 bytes (and no longer
 * for 10 KB). A line feed after each record makes yajl finish the last token.
 * Errors which that mode accepts (two objects, an unclosed object) are detected
 * here.
 *
 * Strings with escapes are decoded from the record instead of taken from yajl,
 * which loses the character after a lone surrogate. The callbacks find the
 * token in the record by its end, yajl_get_bytes_consumed.
 */
#include "common/input/json.h"

#include "common/base/buf.h"
#include "common/input/json_scan.h"
#include "common/input/json_string.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

struct JsonReader {
    yajl_handle yajl; /* NULL at first and after a bad record */
    Span record;
    Buf members;         /* JsonMember[] */
    Buf decoded;         /* reserved for the whole record, so it never moves */
    size_t depth;        /* 1 inside the object */
    size_t nested_start; /* offset in the record of the nested value */
    bool in_list;        /* that value is an array ... */
    bool list_is_nested; /* ... which contains arrays or objects */
    size_t list_start;   /* offset of its values in `decoded` */
    bool has_lone;       /* found a lone surrogate since the last key */
    const char *refused; /* why the callbacks stopped parsing */
    bool complete;       /* the object was closed */
};

static size_t consumed(const JsonReader *self)
{
    return yajl_get_bytes_consumed(self->yajl);
}

static JsonMember *last_member(JsonReader *self)
{
    return (JsonMember *)(void *)(self->members.data + self->members.size) - 1;
}

static void set_value(JsonReader *self, JsonKind kind, Span value)
{
    if (self->members.status != OK) return;
    last_member(self)->kind = kind;
    last_member(self)->value = value;
    last_member(self)->has_lone = self->has_lone;
}

static int refuse(JsonReader *self, const char *reason)
{
    self->refused = reason;
    return 0;
}

/* The text between the quotes of the string token that ends at `consumed`. The
 * opening quote is the nearest one that is not escaped: every quote inside is
 * after an odd number of backslashes. */
static Span raw_string(const JsonReader *self)
{
    const uint8_t *end = self->record.data + consumed(self) - 1;
    assert(*end == '"');
    const uint8_t *start = end;
    for (;;) {
        start--;
        assert(start >= self->record.data);
        if (*start != '"') continue;
        const uint8_t *slash = start;
        while (slash > self->record.data && slash[-1] == '\\') slash--;
        if ((start - slash) % 2 == 0) break;
    }
    return span_of(start + 1, (size_t)(end - start - 1));
}

/* Decodes the string token just read to the end of `decoded`. */
static Span decode(JsonReader *self)
{
    Span raw = raw_string(self);
    uint8_t *start = buf_reserve(&self->decoded, raw.size);
    if (!start) return (Span){0};
    uint8_t *end = json_string_decode(raw, start, &self->has_lone);
    self->decoded.size += (size_t)(end - start);
    return span_of(start, (size_t)(end - start));
}

/* A string without escapes is borrowed from the record; for one with escapes
 * yajl passes its own copy. */
static bool lies_in_record(const JsonReader *self, const unsigned char *text)
{
    uintptr_t start = (uintptr_t)self->record.data;
    return (uintptr_t)text - start < self->record.size;
}

/* Puts the separator between two values of an array. */
static bool begin_list_value(JsonReader *self)
{
    if (self->depth != 2 || !self->in_list) return false;
    if (self->decoded.size > self->list_start)
        buf_put_byte(&self->decoded, '\n');
    return true;
}

static int on_string(void *context, const unsigned char *text, size_t size)
{
    JsonReader *self = context;
    bool plain = lies_in_record(self, text);
    if (self->depth == 0) return refuse(self, "not a JSON object");
    if (self->depth == 1) {
        Span value = plain ? span_of(text, size) : decode(self);
        set_value(self, JSON_VALUE, value);
    } else if (begin_list_value(self)) {
        if (plain) {
            buf_put(&self->decoded, text, size);
        } else {
            decode(self);
        }
    }
    return 1;
}

static int on_scalar(JsonReader *self, JsonKind kind, Span value)
{
    if (self->depth == 0) return refuse(self, "not a JSON object");
    if (self->depth == 1) {
        set_value(self, kind, value);
    } else if (begin_list_value(self)) {
        buf_put_span(&self->decoded, value);
    }
    return 1;
}

static int on_null(void *context)
{
    return on_scalar(context, JSON_NULL, (Span){0});
}

static int on_boolean(void *context, int value)
{
    return on_scalar(context, JSON_VALUE, span_text(value ? "true" : "false"));
}

static int on_number(void *context, const char *text, size_t size)
{
    return on_scalar(context, JSON_VALUE, span_of(text, size));
}

static int on_key(void *context, const unsigned char *text, size_t size)
{
    JsonReader *self = context;
    if (self->depth != 1) return 1;
    JsonMember member = {.kind = JSON_NULL};
    member.key = lies_in_record(self, text) ? span_of(text, size)
                                            : decode(self);
    buf_put(&self->members, &member, sizeof member);
    self->has_lone = false;
    return 1;
}

static int on_start(JsonReader *self, bool list)
{
    if (self->depth == 0 && list) return refuse(self, "not a JSON object");
    if (self->depth == 0 && self->complete)
        return refuse(self, "more than one JSON object");
    if (self->depth == JSON_MAX_DEPTH)
        return refuse(self, "JSON nested too deep");
    self->depth++;
    if (self->depth == 2) {
        self->nested_start = consumed(self) - 1;
        self->in_list = list;
        self->list_is_nested = false;
        self->list_start = self->decoded.size;
    } else if (self->depth == 3) {
        self->list_is_nested = true;
    }
    return 1;
}

static int on_start_map(void *context)
{
    return on_start(context, false);
}

static int on_start_array(void *context)
{
    return on_start(context, true);
}

static int on_end(void *context)
{
    JsonReader *self = context;
    self->depth--;
    self->complete = self->depth == 0;
    if (self->depth != 1) return 1;
    if (self->in_list && !self->list_is_nested) {
        set_value(self, JSON_VALUE,
                  span_of(self->decoded.data + self->list_start,
                          self->decoded.size - self->list_start));
    } else {
        set_value(self, JSON_NESTED,
                  span_of(self->record.data + self->nested_start,
                          consumed(self) - self->nested_start));
    }
    return 1;
}

static const yajl_callbacks CALLBACKS = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_start_map,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_start_array,
    .yajl_end_array = on_end,
};

Status json_reader_new(JsonReader **out, Error *error)
{
    *out = calloc(1, sizeof **out);
    return *out ? OK : fail_memory(error, "reading JSON");
}

static void drop_yajl(JsonReader *reader)
{
    if (reader->yajl) yajl_free(reader->yajl);
    reader->yajl = NULL;
}

void json_reader_free(JsonReader *reader)
{
    if (!reader) return;
    drop_yajl(reader);
    buf_release(&reader->members);
    buf_release(&reader->decoded);
    free(reader);
}

static bool prepare(JsonReader *self, Span record)
{
    buf_clear(&self->members);
    buf_clear(&self->decoded);
    if (!buf_reserve(&self->decoded, record.size + 1)) return false;
    self->record = record;
    self->depth = 0;
    self->refused = NULL;
    self->complete = false;
    if (self->yajl) return true;
    self->yajl = yajl_alloc(&CALLBACKS, NULL, self);
    return self->yajl &&
           yajl_config(self->yajl, yajl_dont_validate_strings, 1) &&
           yajl_config(self->yajl, yajl_allow_multiple_values, 1);
}

/* Reports yajl's message, such as "lexical error: invalid char in json
 * text.\n", without its prefix and full stop. */
static Status fail_syntax(JsonReader *self, Error *error)
{
    unsigned char *words = yajl_get_error(self->yajl, 0, NULL, 0);
    if (!words) return fail_memory(error, "reading JSON");
    const char *start = (const char *)words;
    const char *colon = strstr(start, ": ");
    if (colon) start = colon + 2;
    size_t size = strcspn(start, ".\n");
    fail(error, ERR_USAGE, "not JSON: %.*s", (int)size, start);
    yajl_free_error(self->yajl, words);
    return ERR_USAGE;
}

static Status parse(JsonReader *self, Error *error)
{
    static const unsigned char line_feed = '\n';
    yajl_status status = yajl_parse(self->yajl, self->record.data,
                                    self->record.size);
    if (status == yajl_status_ok)
        status = yajl_parse(self->yajl, &line_feed, 1);
    if (self->refused) return fail(error, ERR_USAGE, "%s", self->refused);
    if (status != yajl_status_ok) return fail_syntax(self, error);
    if (self->depth)
        return fail(error, ERR_USAGE, "not JSON: the object is not closed");
    if (!self->complete) return fail(error, ERR_USAGE, "not a JSON object");
    Status memory = buf_check(&self->members, "reading JSON", error);
    return memory == OK ? buf_check(&self->decoded, "reading JSON", error)
                        : memory;
}

Status json_read(JsonReader *reader, Span record, JsonObject *out, Error *error)
{
    *out = (JsonObject){0};
    if (!prepare(reader, record)) {
        drop_yajl(reader);
        return fail_memory(error, "reading JSON");
    }
    Status status = parse(reader, error);
    if (status != OK) {
        drop_yajl(reader);
        return status;
    }
    out->members = (const JsonMember *)(void *)reader->members.data;
    out->count = reader->members.size / sizeof *out->members;
    return OK;
}

size_t json_wrong_at(const JsonReader *reader)
{
    return json_check(reader->record);
}

const JsonMember *json_find(JsonObject object, Span key)
{
    for (size_t i = object.count; i-- > 0;) {
        if (span_equal(object.members[i].key, key)) return &object.members[i];
    }
    return NULL;
}
