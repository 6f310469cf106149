/* trec.c - TREC's <DOC> collections as documents.
 *
 *     <DOC>
 *     <DOCNO> FT911-3 </DOCNO>
 *     <HEADLINE> ... </HEADLINE>
 *     <TEXT> ... </TEXT>
 *     </DOC>
 *
 * The tags differ by newspaper and year; some are never closed. So a document
 * is walked tag by tag, and flags say where the text between two tags goes: an
 * id ends at the next tag, a title at its close or the next known tag, text at
 * its close or the end. The text tags are those that Anserini indexes; a
 * document without any of them (CACM, web pages) is text as a whole, except its
 * ids, header, scripts and styles.
 *
 * A document ends at </DOC>, or, where that is missing, before the next <DOC>:
 * then it is reported as changed, as more may be missing.
 */
#include "corpus/seen_fields.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

#include <stdio.h>
#include <stdlib.h>

/* The role of the text between two tags. */
typedef enum Role { IGNORED, ID, TITLE, TEXT, NOT_TEXT, ROLES } Role;

typedef struct Trec {
    const Source *source;
    Buf texts[ROLES]; /* of the current document, by role */
    Buf field_texts;
    DocumentField *fields; /* owned */
    SeenFields seen;
    bool announced;
} Trec;

static const char *const TITLE_TAGS[] = {"TITLE", "HEADLINE", "HL", "HEAD",
                                         "TTL",   "TI",       NULL};
static const char *const TEXT_TAGS[] = {"TEXT", "LEADPARA", "LP",
                                        "DD",   "DATE",     NULL};
static const char *const NOT_TEXT_TAGS[] = {"DOCID",  "DOCOLDNO", "DOCHDR",
                                            "SCRIPT", "STYLE",    NULL};

static void trec_close(void *reader)
{
    Trec *self = reader;
    if (!self) return;
    for (size_t i = 0; i < ROLES; i++) buf_release(&self->texts[i]);
    buf_release(&self->field_texts);
    seen_fields_release(&self->seen);
    free(self->fields);
    free(self);
}

static Status trec_open(const Source *source, void **out, Error *error)
{
    *out = NULL;
    Trec *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "reading TREC documents");
    self->source = self->seen.source = source;
    self->fields = calloc(source->options->store_field_count + 1,
                          sizeof *self->fields);
    if (!self->fields) {
        trec_close(self);
        return fail_memory(error, "reading TREC documents");
    }
    *out = self;
    return OK;
}

/* What find_document_end remembers of the bytes it has seen. */
typedef struct DocumentScan {
    bool open;        /* after a <DOC> */
    size_t undecided; /* bytes at the end that may begin a tag */
} DocumentScan;

enum { OPEN_TAG_BYTES = 5, CLOSE_TAG_BYTES = 6 }; /* <DOC> and </DOC> */

static bool begins_document(const uint8_t *at)
{
    return span_equal_caseless(span_of(at, OPEN_TAG_BYTES - 1),
                               span_text("<DOC")) &&
           (at[OPEN_TAG_BYTES - 1] == '>' ||
            byte_is_blank(at[OPEN_TAG_BYTES - 1]));
}

static bool ends_document(const uint8_t *at)
{
    return span_equal_caseless(span_of(at, CLOSE_TAG_BYTES),
                               span_text("</DOC>"));
}

static bool find_document_end(void *context, Span bytes, size_t from,
                              size_t *end)
{
    DocumentScan *scan = context;
    for (size_t i = from - scan->undecided; i < bytes.size; i++) {
        const uint8_t *at = memchr(bytes.data + i, '<', bytes.size - i);
        if (!at) break;
        i = (size_t)(at - bytes.data);
        if (bytes.size - i < CLOSE_TAG_BYTES) {
            scan->undecided = bytes.size - i;
            return false;
        }
        bool opens = begins_document(at), closes = ends_document(at);
        if (closes || (opens && scan->open)) {
            *end = closes ? i + CLOSE_TAG_BYTES : i;
            return true;
        }
        scan->open = scan->open || opens;
    }
    scan->undecided = 0;
    return false;
}

static bool tag_is_one_of(const Tag *tag, const char *const *names)
{
    while (*names && !tag_is(tag, *names)) names++;
    return *names != NULL;
}

static Role role_of(const Trec *self, const Tag *tag)
{
    const CorpusOptions *options = self->source->options;
    if (tag_is(tag, options->id_field ? options->id_field : "DOCNO")) return ID;
    if (options->title_field ? tag_is(tag, options->title_field)
                             : tag_is_one_of(tag, TITLE_TAGS))
        return TITLE;
    if (options->text_field ? tag_is(tag, options->text_field)
                            : tag_is_one_of(tag, TEXT_TAGS))
        return TEXT;
    return tag_is_one_of(tag, NOT_TEXT_TAGS) ? NOT_TEXT : IGNORED;
}

/* Where the walk through a document is. */
typedef struct Walk {
    bool id, title, not_text, text; /* inside these */
    bool whole;                     /* no text tag anywhere: all is text */
} Walk;

static void note_role(SeenFields *seen, Role role)
{
    if (role == ID) seen->id = true;
    if (role == TITLE) seen->title = true;
    if (role == TEXT) seen->text = true;
}

static void pass_tag(Trec *self, Walk *walk, const Tag *tag)
{
    Role role = role_of(self, tag);
    bool closes = tag->closes;
    note_role(&self->seen, role);
    walk->id = false;
    if (role == IGNORED) return;
    walk->title = walk->not_text = false;
    if (role == ID) walk->id = !closes;
    if (role == TITLE) walk->title = !closes;
    if (role == TEXT) walk->text = !closes || walk->whole;
    if (role == NOT_TEXT) walk->not_text = !closes;
}

static Role role_here(const Walk *walk)
{
    if (walk->not_text) return NOT_TEXT;
    if (walk->id) return ID;
    if (walk->title) return TITLE;
    return walk->text ? TEXT : IGNORED;
}

static bool has_text_tag(const Trec *self, Span record)
{
    Tag tag = {0};
    while (tag_next(record, tag.end, &tag)) {
        if (!tag.closes && role_of(self, &tag) == TEXT) return true;
    }
    return false;
}

static void note_tags(Trec *self, Span record)
{
    if (!seen_fields_next(&self->seen)) return;
    Tag tag = {0};
    while (tag_next(record, tag.end, &tag)) {
        if (!tag.closes && !tag_is(&tag, "DOC"))
            seen_fields_note(&self->seen, tag.name, 0);
    }
}

/* Fills `texts` with the text between the tags. */
static void gather_texts(Trec *self, Span record)
{
    for (size_t i = 0; i < ROLES; i++) buf_clear(&self->texts[i]);
    Walk walk = {.whole = !has_text_tag(self, record)};
    walk.text = walk.whole;
    Tag tag = {0};
    for (bool more = true; more;) {
        size_t start = tag.end;
        more = tag_next(record, start, &tag);
        size_t end = more ? tag.start : record.size;
        Role here = role_here(&walk);
        if (here == ID || here == TITLE || here == TEXT) {
            Buf *text = &self->texts[here];
            if (text->size) buf_put_byte(text, ' ');
            tags_put_text(text, span_of(record.data + start, end - start));
        }
        if (more) pass_tag(self, &walk, &tag);
    }
}

/* What is between the first tag of this name and its close, or the end. */
static bool find_element(Span record, const char *name, Span *out)
{
    Tag tag = {0};
    do {
        if (!tag_next(record, tag.end, &tag)) return false;
    } while (tag.closes || !tag_is(&tag, name));
    size_t start = tag.end, end = record.size;
    while (tag_next(record, tag.end, &tag)) {
        if (!tag.closes || !tag_is(&tag, name)) continue;
        end = tag.start;
        break;
    }
    *out = span_of(record.data + start, end - start);
    return true;
}

/* The requested fields that the document has, as text without tags. */
static void gather_fields(Trec *self, Span record, Document *out)
{
    const CorpusOptions *options = self->source->options;
    buf_clear(&self->field_texts);
    out->fields = self->fields;
    for (size_t i = 0; i < options->store_field_count; i++) {
        Span element;
        if (!find_element(record, options->store_fields[i], &element)) continue;
        size_t start = self->field_texts.size;
        tags_put_text(&self->field_texts, element);
        self->fields[out->field_count++] = (DocumentField){
            .name = span_text(options->store_fields[i]),
            .value = {NULL, self->field_texts.size - start}};
    }
    size_t at = 0; /* now that the texts do not move any more */
    for (size_t i = 0; i < out->field_count; i++) {
        Span *value = &self->fields[i].value;
        if (!value->size) continue;
        value->data = self->field_texts.data + at;
        at += value->size;
        *value = span_trim(*value);
    }
}

static void announce(Trec *self)
{
    if (self->announced) return;
    self->announced = true;
    const CorpusOptions *options = self->source->options;
    char what[160];
    snprintf(what, sizeof what, "trec: id = %s, text = %s + %s",
             options->id_field ? options->id_field : "DOCNO",
             options->title_field ? options->title_field
                                  : "TITLE, HEADLINE ...",
             options->text_field ? options->text_field
                                 : "TEXT, LEADPARA, LP, DD, DATE (or all)");
    source_announce(self->source, what, ADVICE_NONE);
}

static Status read_document(Trec *self, Span record, Document *out,
                            Error *error)
{
    note_tags(self, record);
    gather_texts(self, record);
    gather_fields(self, record, out);
    out->id = span_trim(buf_span(&self->texts[ID]));
    out->title = span_trim(buf_span(&self->texts[TITLE]));
    out->text = span_trim(buf_span(&self->texts[TEXT]));
    announce(self);
    const char *doing = "reading a TREC document";
    Status status = buf_check(&self->field_texts, doing, error);
    for (size_t i = 0; i < ROLES && status == OK; i++)
        status = buf_check(&self->texts[i], doing, error);
    return status;
}

/* The place where <DOC> begins in a record, or its end. */
static size_t find_start(Span record)
{
    Tag tag;
    for (size_t at = 0; tag_next(record, at, &tag); at = tag.end) {
        if (!tag.closes && tag_is(&tag, "DOC")) return tag.start;
    }
    return record.size;
}

static Status skip_outside(const Trec *self, const StreamRecord *record,
                           size_t size, Error *error)
{
    if (span_is_blank(span_of(record->bytes.data, size))) return OK;
    return source_skipped(self->source, record, "text outside <DOC>", error);
}

/* The next <DOC> and what follows it; what is before it is skipped. */
static Status next_record(Trec *self, StreamRecord *record, bool *found,
                          Error *error)
{
    for (;;) {
        DocumentScan scan = {0};
        Status status = stream_record(self->source->stream, find_document_end,
                                      &scan, self->source->max_record_bytes,
                                      record, found, error);
        if (status != OK || !*found) return status;
        if (record->too_long) {
            status = source_skipped_large(self->source, record, error);
            if (status != OK) return status;
            continue;
        }
        size_t start = find_start(record->bytes);
        status = skip_outside(self, record, start, error);
        if (status != OK) return status;
        for (size_t i = 0; i < start; i++)
            record->line += record->bytes.data[i] == '\n';
        record->offset += start;
        record->bytes.data += start;
        record->bytes.size -= start;
        if (record->bytes.size) return OK;
    }
}

/* Whether a record ends with </DOC>. */
static bool is_closed(Span record)
{
    return record.size >= CLOSE_TAG_BYTES &&
           ends_document(record.data + record.size - CLOSE_TAG_BYTES);
}

/* Reports a document that may be truncated, or is skipped because it lacks the
 * id that the options ask for. */
static Status report(const Trec *self, const StreamRecord *record, bool found,
                     Error *error)
{
    if (found && is_closed(record->bytes)) return OK;
    if (found)
        return source_changed(self->source, record,
                              "no </DOC>; the document may be truncated",
                              error);
    char reason[256];
    snprintf(reason, sizeof reason, "no id tag <%s>",
             self->source->options->id_field);
    return source_skipped(self->source, record, reason, error);
}

static Status trec_next(void *reader, Document *out, bool *found, Error *error)
{
    Trec *self = reader;
    *found = false;
    while (!*found) {
        StreamRecord record;
        bool any;
        Status status = next_record(self, &record, &any, error);
        if (status != OK) return status;
        if (!any) return seen_fields_check(&self->seen, true, error);
        status = read_document(self, record.bytes, out, error);
        if (status != OK) return status;
        *found = out->id.size > 0 || !self->source->options->id_field;
        out->place = source_place(self->source, &record);
        if (!*found) *out = (Document){0};
        status = report(self, &record, *found, error);
        if (status == OK) status = seen_fields_check(&self->seen, false, error);
        if (status != OK) return status;
    }
    return OK;
}

const ReaderKind TREC_READER = {CORPUS_TREC, trec_open, trec_next, trec_close};
