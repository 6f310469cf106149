/* mail_reader.c - a mail, or an mbox of mails, as documents.
 *
 * The id is the path, or of the mails of an mbox PATH:N, N from 1; or the value
 * of the header that the options name. Stored fields are headers: from, to,
 * date and message-id, and those that the options name.
 */
#include "readers/mail_reader.h"

#include "common/input/blank.h"
#include "corpus/mail_detect.h"
#include "readers/mail_text.h"
#include "readers/mbox.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct MailReader {
    const Source *source;
    bool is_mbox, done;
    uint64_t count; /* mails of the mbox so far */
    MailText mail;
    Buf id, unquoted, changes, values;
    DocumentField *fields; /* owned */
} MailReader;

static const char *const DEFAULT_FIELDS[] = {"from", "to", "date",
                                             "message-id"};
_Static_assert(sizeof DEFAULT_FIELDS / sizeof *DEFAULT_FIELDS ==
                   MAIL_DEFAULT_FIELDS,
               "as many as the corpus has room for");

static void mail_close(void *reader)
{
    MailReader *self = reader;
    if (!self) return;
    mail_text_release(&self->mail);
    Buf *all[] = {&self->id, &self->unquoted, &self->changes, &self->values};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_release(all[i]);
    free(self->fields);
    free(self);
}

static const Encoding *fallback_of(const CorpusOptions *options)
{
    return options->encoding ? options->encoding
                             : encoding_find(span_text("windows-1252"));
}

static Status mail_open(const Source *source, void **out, Error *error)
{
    *out = NULL;
    MailReader *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "reading mail");
    self->source = source;
    self->mail.charset.fallback = fallback_of(source->options);
    size_t count = source->options->store_field_count + MAIL_DEFAULT_FIELDS;
    self->fields = calloc(count, sizeof *self->fields);
    Span start;
    Status status = self->fields ? stream_peek(source->stream,
                                               DETECT_PEEK_BYTES, &start, error)
                                 : fail_memory(error, "reading mail");
    if (status != OK) {
        mail_close(self);
        return status;
    }
    self->is_mbox = looks_like_mbox(start, source->name);
    *out = self;
    return OK;
}

/* The whole source as a record. */
static Status read_file(MailReader *self, StreamRecord *out, bool *found,
                        Error *error)
{
    const Source *source = self->source;
    *out = (StreamRecord){0};
    *found = false;
    if (self->done) return OK;
    self->done = *found = true;
    uint64_t most = source->max_record_bytes;
    size_t enough = most < SIZE_MAX ? (size_t)most + 1 : SIZE_MAX;
    Status status = stream_peek(source->stream, enough, &out->bytes, error);
    out->too_long = out->bytes.size > most;
    return status;
}

static Status next_record(MailReader *self, StreamRecord *out, bool *found,
                          Error *error)
{
    if (!self->is_mbox) return read_file(self, out, found, error);
    Status status = mbox_next(self->source->stream,
                              self->source->max_record_bytes, out, found,
                              error);
    self->count += *found;
    return status;
}

/* "<one@example.org>" is one@example.org. */
static Span without_brackets(Span value)
{
    if (value.size > 2 && *value.data == '<' &&
        value.data[value.size - 1] == '>')
        return span_of(value.data + 1, value.size - 2);
    return value;
}

static bool is_message_id(const char *name)
{
    return span_equal_caseless(span_text(name), span_text("message-id"));
}

/* Appends the value of a header, as stored. */
static void put_value(MailReader *self, const char *name, Buf *out)
{
    size_t start = out->size;
    mail_text_put_header(&self->mail, name, out);
    if (!is_message_id(name) || out->size == start) return;
    Span value = span_of(out->data + start, out->size - start);
    Span bare = without_brackets(value);
    if (bare.size) memmove(out->data + start, bare.data, bare.size);
    out->size = start + bare.size;
}

static void put_place_id(MailReader *self)
{
    buf_clear(&self->id);
    buf_put_text(&self->id, self->source->name);
    if (self->is_mbox) buf_printf(&self->id, ":%" PRIu64, self->count);
}

/* Sets the id; *is_missing if the header that holds it is not there. */
static void read_id(MailReader *self, Document *out, bool *is_missing)
{
    const char *name = self->source->options->id_field;
    buf_clear(&self->id);
    if (name) put_value(self, name, &self->id);
    *is_missing = name && self->id.size == 0;
    out->drops_repeats = name && self->id.size;
    if (self->id.size == 0) put_place_id(self);
    out->id = buf_span(&self->id);
}

/* Adds a field with the size of its value, which may still move. */
static void add_field(MailReader *self, const char *name, Document *out)
{
    size_t start = self->values.size;
    put_value(self, name, &self->values);
    if (self->values.size == start) return;
    self->fields[out->field_count++] = (DocumentField){
        span_text(name), {NULL, self->values.size - start}};
}

static bool is_default(const char *name)
{
    for (size_t i = 0; i < MAIL_DEFAULT_FIELDS; i++)
        if (!strcmp(name, DEFAULT_FIELDS[i])) return true;
    return false;
}

static void read_fields(MailReader *self, Document *out)
{
    const CorpusOptions *options = self->source->options;
    buf_clear(&self->values);
    out->fields = self->fields;
    for (size_t i = 0; i < MAIL_DEFAULT_FIELDS; i++)
        add_field(self, DEFAULT_FIELDS[i], out);
    for (size_t i = 0; i < options->store_field_count; i++)
        if (!is_default(options->store_fields[i]))
            add_field(self, options->store_fields[i], out);
    size_t at = 0;
    for (size_t i = 0; i < out->field_count; i++) { /* now that none moves */
        self->fields[i].value.data = self->values.data + at;
        at += self->fields[i].value.size;
    }
}

static Status report_changes(MailReader *self, const StreamRecord *record,
                             bool lacks_id, Error *error)
{
    const MailChanges *changes = &self->mail.charset.changes;
    Buf *reason = &self->changes;
    mail_changes_put(reason, changes);
    if (lacks_id)
        buf_printf(reason, "%sno %s; its id is its place",
                   reason->size ? "; " : "", self->source->options->id_field);
    *self->source->unread += changes->unread;
    if (reason->size == 0) return OK;
    const char *text = buf_text(reason);
    return text ? source_changed(self->source, record, text, error)
                : fail_memory(error, "reading mail");
}

static Status read_mail(MailReader *self, const StreamRecord *record,
                        Document *out, Error *error)
{
    bool lacks_id;
    Span bytes = self->is_mbox ? mbox_mail(record->bytes, &self->unquoted)
                               : record->bytes;
    Status status = buf_check(&self->unquoted, "reading mail", error);
    if (status == OK) status = mail_text_read(&self->mail, bytes, error);
    if (status != OK) return status;
    out->title = buf_span(&self->mail.title);
    out->text = buf_span(&self->mail.text);
    out->place = source_place(self->source, record);
    read_id(self, out, &lacks_id);
    read_fields(self, out);
    status = buf_check(&self->id, "reading mail", error);
    if (status == OK) status = buf_check(&self->values, "reading mail", error);
    return status == OK ? report_changes(self, record, lacks_id, error)
                        : status;
}

static Status mail_next(void *reader, Document *out, bool *found, Error *error)
{
    MailReader *self = reader;
    StreamRecord record;
    Status status = next_record(self, &record, found, error);
    while (status == OK && *found && record.too_long) {
        status = source_skipped_large(self->source, &record, error);
        if (status == OK) status = next_record(self, &record, found, error);
    }
    if (status != OK || !*found) return status;
    return read_mail(self, &record, out, error);
}

const ReaderKind MAIL_READER = {CORPUS_MAIL, mail_open, mail_next, mail_close};
