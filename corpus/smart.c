/* smart.c - collections in the form of the SMART system: Cranfield, CACM, CISI,
 * MED.
 *
 *     .I 1
 *     .T
 *     experimental investigation of the aerodynamics of a
 *     wing in a slipstream .
 *     .A
 *     brenckman,m.
 *     .W
 *     ...
 *
 * A line of a full stop and a capital letter begins a section, .I a document.
 * The sections become the keys of a record (roles.h): .I is id, .T title, .W
 * text, .A author, .B bib, as ir_datasets calls them; others have their letter.
 * A section that comes again continues the first. A document without .W has an
 * empty text: of many in CACM only the title is there.
 */
#include "corpus/reader.h"
#include "corpus/roles.h"

#include "common/input/blank.h"

#include <stdlib.h>

enum { LETTERS = 26, ID_MARK_BYTES = 2 };

typedef struct Smart {
    const Source *source;
    Roles roles;
    JsonMember members[LETTERS]; /* of the current document */
    size_t member_count;
    Buf joined[LETTERS]; /* sections that came again */
} Smart;

static void smart_close(void *reader)
{
    Smart *self = reader;
    if (!self) return;
    for (size_t i = 0; i < LETTERS; i++) buf_release(&self->joined[i]);
    roles_release(&self->roles);
    free(self);
}

static Status smart_open(const Source *source, void **out, Error *error)
{
    *out = NULL;
    Smart *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "reading a SMART collection");
    self->source = source;
    Status status = roles_init(&self->roles, source, "smart", error);
    if (status == OK) {
        *out = self;
    } else {
        smart_close(self);
    }
    return status;
}

/* Whether a document begins at `at`: .I and a blank, or the end of the line. */
static bool begins_document(Span bytes, size_t at)
{
    return bytes.size - at > ID_MARK_BYTES && bytes.data[at] == '.' &&
           bytes.data[at + 1] == 'I' && byte_is_blank(bytes.data[at + 2]);
}

/* A record ends before the line with the next .I. */
static bool find_end(void *self, Span bytes, size_t from, size_t *end)
{
    /* The last bytes seen may begin such a line. */
    size_t at = from > ID_MARK_BYTES + 1 ? from - ID_MARK_BYTES - 1 : 0;
    (void)self;
    while (at < bytes.size) {
        const uint8_t *feed = memchr(bytes.data + at, '\n', bytes.size - at);
        if (!feed) return false;
        at = (size_t)(feed - bytes.data) + 1;
        if (!begins_document(bytes, at)) continue;
        *end = at;
        return true;
    }
    return false;
}

/* The letter of a line that begins a section; 0: it is text. */
static uint8_t section_of(Span line)
{
    while (line.size && byte_is_blank(line.data[line.size - 1])) line.size--;
    bool is_mark = line.size == 2 && line.data[0] == '.' &&
                   line.data[1] >= 'A' && line.data[1] <= 'Z';
    return is_mark ? line.data[1] : 0;
}

static Span key_of(uint8_t letter)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    switch (letter) {
    case 'I': return span_text("id");
    case 'T': return span_text("title");
    case 'W': return span_text("text");
    case 'A': return span_text("author");
    case 'B': return span_text("bib");
    default: return span_of(letters + (letter - 'A'), 1);
    }
}

static JsonMember *find_member(Smart *self, Span key)
{
    for (size_t i = 0; i < self->member_count; i++) {
        if (span_equal(self->members[i].key, key)) return &self->members[i];
    }
    return NULL;
}

static void add_section(Smart *self, uint8_t letter, Span text)
{
    Span key = key_of(letter);
    JsonMember *member = find_member(self, key);
    text = span_trim(text);
    if (!member) {
        self->members[self->member_count++] = (JsonMember){
            .key = key, .value = text, .kind = JSON_VALUE};
        return;
    }
    Buf *joined = &self->joined[letter - 'A'];
    if (!joined->size) buf_put_span(joined, member->value);
    if (joined->size) buf_put_byte(joined, '\n');
    buf_put_span(joined, text);
    member->value = buf_span(joined);
}

/* Takes the first line off *rest, with its line feed. */
static Span take_line(Span *rest)
{
    const uint8_t *feed = memchr(rest->data, '\n', rest->size);
    size_t size = feed ? (size_t)(feed - rest->data) + 1 : rest->size;
    Span line = span_of(rest->data, size);
    *rest = span_of(rest->data + size, rest->size - size);
    return line;
}

/* Makes members of a record that begins with .I. */
static void read_sections(Smart *self, Span record)
{
    for (size_t i = 0; i < LETTERS; i++) buf_clear(&self->joined[i]);
    self->member_count = 0;
    uint8_t letter = 'I';
    Span rest = span_of(record.data + ID_MARK_BYTES,
                        record.size - ID_MARK_BYTES);
    add_section(self, letter, take_line(&rest));
    letter = 0; /* text before the first section is dropped */
    const uint8_t *start = rest.data;
    while (rest.size) {
        const uint8_t *at = rest.data;
        uint8_t next = section_of(take_line(&rest));
        if (!next) continue;
        if (letter)
            add_section(self, letter, span_of(start, (size_t)(at - start)));
        letter = next;
        start = rest.data;
    }
    if (letter)
        add_section(self, letter, span_of(start, (size_t)(rest.data - start)));
    if (!find_member(self, span_text("text")))
        add_section(self, 'W', (Span){0});
}

static Status check_memory(const Smart *self, Error *error)
{
    Status status = OK;
    for (size_t i = 0; i < LETTERS && status == OK; i++)
        status = buf_check(&self->joined[i], "reading a SMART document", error);
    return status;
}

static Status read_record(Smart *self, const StreamRecord *record,
                          Document *out, bool *found, Error *error)
{
    if (!begins_document(record->bytes, 0))
        return span_is_blank(record->bytes)
                   ? OK
                   : source_skipped(self->source, record,
                                    "text before the first .I", error);
    read_sections(self, record->bytes);
    Status status = check_memory(self, error);
    if (status != OK) return status;
    JsonObject object = {self->members, self->member_count};
    *found = roles_apply(&self->roles, object, out);
    status = roles_report(&self->roles, record, *found, error);
    if (!*found) *out = (Document){0};
    return status == OK ? roles_check(&self->roles, false, error) : status;
}

static Status smart_next(void *reader, Document *out, bool *found, Error *error)
{
    Smart *self = reader;
    const Source *source = self->source;
    *found = false;
    while (!*found) {
        StreamRecord record;
        bool any;
        Status status = stream_record(source->stream, find_end, NULL,
                                      source->max_record_bytes, &record, &any,
                                      error);
        if (status != OK) return status;
        if (!any) return roles_check(&self->roles, true, error);
        status = record.too_long
                     ? source_skipped_large(source, &record, error)
                     : read_record(self, &record, out, found, error);
        if (status != OK) return status;
        out->place = source_place(source, &record);
    }
    return OK;
}

bool smart_begins(Span start)
{
    Span rest = start, line = {0};
    while (rest.size && span_is_blank(line)) line = take_line(&rest);
    return begins_document(line, 0) && section_of(take_line(&rest));
}

const ReaderKind SMART_READER = {CORPUS_SMART, smart_open, smart_next,
                                 smart_close};
