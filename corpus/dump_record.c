/* dump_record.c - records as a dump of an index has them. */
#include "corpus/dump_record.h"

#include "common/base/escaped_text.h"
#include "common/base/utf8_clean.h"

#include <stdlib.h>

enum { NAME_BYTES = 1024 }; /* as in the public API */

static bool is_named(const char *option, const char *key)
{
    return option && !strcmp(option, key);
}

/* Whether the options ask for this key of records itself. */
static bool is_asked_for(const CorpusOptions *options, const char *key)
{
    bool asked = is_named(options->id_field, key) ||
                 is_named(options->title_field, key) ||
                 is_named(options->text_field, key);
    for (size_t i = 0; i < options->store_field_count; i++)
        asked = asked || is_named(options->store_fields[i], key);
    return asked;
}

static bool is_like_dump(const DumpRecord *self, JsonObject record)
{
    static const char *const base[DUMP_BASE_MEMBERS] = {"id", "title", "text"};
    if (record.count <= DUMP_BASE_MEMBERS ||
        record.count > DUMP_BASE_MEMBERS + 2)
        return false;
    for (size_t i = 0; i < DUMP_BASE_MEMBERS; i++) {
        if (!span_equals_text(record.members[i].key, base[i])) return false;
    }
    return !is_asked_for(self->source->options, "fields") &&
           !is_asked_for(self->source->options, "id_hex");
}

static bool read_id(DumpRecord *self, const JsonMember *member)
{
    Span hex = member->value;
    if (member->kind != JSON_VALUE || hex.size % 2) return false;
    for (size_t i = 0; i < hex.size; i += 2) {
        int high = hex_digit(hex.data[i]), low = hex_digit(hex.data[i + 1]);
        if (high < 0 || low < 0) return false;
        buf_put_byte(&self->id, (uint8_t)(high << 4 | low));
    }
    return hex.size > 0;
}

static bool is_field_name(Span name)
{
    return name.size && name.size <= NAME_BYTES && utf8_is_clean(name) &&
           !memchr(name.data, 0, name.size);
}

/* Of equal names the last counts. */
static bool is_repeated(JsonObject fields, size_t i)
{
    return json_find(fields, fields.members[i].key) != &fields.members[i];
}

/* *fits stays false if these are not the fields of a dump. */
static Status read_fields(DumpRecord *self, const JsonMember *member,
                          bool *fits, Error *error)
{
    JsonObject fields;
    Error reason;
    *fits = false;
    if (member->kind != JSON_NESTED) return OK;
    Status status = self->json ? OK : json_reader_new(&self->json, error);
    if (status != OK) return status;
    status = json_read(self->json, member->value, &fields, &reason);
    if (status == ERR_NO_MEMORY) *error = reason;
    if (status == ERR_NO_MEMORY) return status;
    if (status != OK || fields.count > DUMP_MAX_FIELDS) return OK;
    for (size_t i = 0; i < fields.count; i++) {
        const JsonMember *field = &fields.members[i];
        if (!is_field_name(field->key)) return OK;
        if (field->kind == JSON_NULL || is_repeated(fields, i)) continue;
        DocumentField stored = {field->key, field->value};
        buf_put(&self->fields, &stored, sizeof stored);
    }
    *fits = true;
    return OK;
}

Status dump_record_read(DumpRecord *self, JsonObject record, bool *taken,
                        Error *error)
{
    *taken = false;
    buf_clear(&self->id);
    buf_clear(&self->fields);
    if (!is_like_dump(self, record)) return OK;
    const JsonMember *next = record.members + DUMP_BASE_MEMBERS;
    const JsonMember *end = record.members + record.count;
    if (span_equals_text(next->key, "id_hex") && !read_id(self, next++))
        return OK;
    if (next < end && span_equals_text(next->key, "fields")) {
        bool fits;
        Status status = read_fields(self, next++, &fits, error);
        if (status != OK || !fits) return status;
    }
    *taken = next == end;
    Status status = buf_check(&self->id, "reading a dump", error);
    return status == OK ? buf_check(&self->fields, "reading a dump", error)
                        : status;
}

static void note_seen(Roles *roles, Span name)
{
    const CorpusOptions *options = roles->source->options;
    for (size_t i = 0; i < options->store_field_count; i++) {
        if (span_equals_text(name, options->store_fields[i]))
            roles->fields_seen[i] = true;
    }
}

void dump_record_apply(DumpRecord *self, Roles *roles, Document *out)
{
    const Source *source = self->source;
    if (self->id.size) out->id = buf_span(&self->id);
    out->fields = (const DocumentField *)(void *)self->fields.data;
    out->field_count = self->fields.size / sizeof *out->fields;
    for (size_t i = 0; i < out->field_count; i++)
        note_seen(roles, out->fields[i].name);
    if (!out->field_count || self->noted) return;
    self->noted = true;
    listener_note(source->listener, source->name,
                  "a dump of an index: its stored fields are stored again",
                  ADVICE_NONE);
}

void dump_record_release(DumpRecord *self)
{
    json_reader_free(self->json);
    buf_release(&self->id);
    buf_release(&self->fields);
}
