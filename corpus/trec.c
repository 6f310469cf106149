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
 * its close or the end.
 *
 * The text tags are those that Anserini indexes, and BODY in documents that
 * have no TEXT and are not web pages, whose BODY is HTML's. A document without
 * TEXT, LEADPARA, LP or BODY (CACM, web pages, one with only a date) is text as
 * a whole, except its ids, header, scripts and styles.
 *
 * The id is that of DOCNO, else <DOC id=...>, else DOCID.
 */
#include "corpus/doc_record.h"
#include "corpus/seen_fields.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

#include <stdio.h>
#include <stdlib.h>

/* The role of the text between two tags. */
typedef enum Role { IGNORED, ID, DOCID, TITLE, TEXT, NOT_TEXT, ROLES } Role;

typedef struct Trec {
    const Source *source;
    Buf texts[ROLES]; /* of the current document, by role */
    Buf attribute_id; /* of the current document: that of its <DOC> */
    Buf field_texts;
    DocumentField *fields; /* owned */
    SeenFields seen;
    SeenFields unread; /* tags of the first document with text of no role */
    bool announced;
} Trec;

static const char *const TITLE_TAGS[] = {"TITLE", "HEADLINE", "HL", "HEAD",
                                         "TTL",   "TI",       NULL};
/* Text where a document has main text. */
static const char *const DATE_TAGS[] = {"DD", "DATE", NULL};
static const char *const MAIN_TEXT_TAGS[] = {"TEXT", "LEADPARA", "LP", NULL};
static const char *const PAGE_TAGS[] = {"HTML", "DOCHDR", NULL};
static const char *const NOT_TEXT_TAGS[] = {"DOCOLDNO", "DOCHDR", "SCRIPT",
                                            "STYLE", NULL};

static void trec_close(void *reader)
{
    Trec *self = reader;
    if (!self) return;
    for (size_t i = 0; i < ROLES; i++) buf_release(&self->texts[i]);
    buf_release(&self->attribute_id);
    buf_release(&self->field_texts);
    seen_fields_release(&self->seen);
    seen_fields_release(&self->unread);
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

/* The first letter decides almost always. */
static bool tag_is_one_of(const Tag *tag, const char *const *names)
{
    uint8_t first = tag->name.data[0] | 0x20; /* no tag has an empty name */
    for (; *names; names++) {
        if (((uint8_t) * *names | 0x20) == first && tag_is(tag, *names))
            return true;
    }
    return false;
}

/* Where the walk through a document is. */
typedef struct Walk {
    bool id, docid, title, not_text, text; /* inside these */
    bool body;                             /* BODY is a text tag ... */
    bool in_body; /* ... and open: other text tags in it do not end it */
    bool whole;   /* no text tag anywhere: all is text */
    Span unknown; /* the name of the outermost open tag of no role */
} Walk;

static bool is_text_tag(const Trec *self, const Walk *walk, const Tag *tag)
{
    const char *chosen = self->source->options->text_field;
    if (chosen) return tag_is(tag, chosen);
    return tag_is_one_of(tag, MAIN_TEXT_TAGS) ||
           tag_is_one_of(tag, DATE_TAGS) || (walk->body && tag_is(tag, "BODY"));
}

static Role role_of(const Trec *self, const Walk *walk, const Tag *tag)
{
    const CorpusOptions *options = self->source->options;
    if (tag_is(tag, options->id_field ? options->id_field : "DOCNO")) return ID;
    if (options->title_field ? tag_is(tag, options->title_field)
                             : tag_is_one_of(tag, TITLE_TAGS))
        return TITLE;
    if (is_text_tag(self, walk, tag)) return TEXT;
    if (tag_is(tag, "DOCID")) return DOCID;
    return tag_is_one_of(tag, NOT_TEXT_TAGS) ? NOT_TEXT : IGNORED;
}

/* What is text of a document depends on all of its tags. */
static Walk begin_walk(const Trec *self, Span record)
{
    const char *chosen = self->source->options->text_field;
    bool text = false, main_text = false, body = false, page = false;
    Tag tag = {0};
    while (!text && tag_next(record, tag.end, &tag)) {
        if (tag.closes) continue;
        text = tag_is(&tag, chosen ? chosen : "TEXT"); /* this decides it */
        main_text = main_text || tag_is_one_of(&tag, MAIN_TEXT_TAGS);
        body = body || tag_is(&tag, "BODY");
        page = page || tag_is_one_of(&tag, PAGE_TAGS);
    }
    Walk walk = {.body = body && !text && !page && !chosen};
    walk.whole = !text && (chosen || (!main_text && !walk.body));
    walk.text = walk.whole;
    return walk;
}

static void note_role(SeenFields *seen, Role role)
{
    if (role == ID) seen->id = true;
    if (role == TITLE) seen->title = true;
    if (role == TEXT) seen->text = true;
}

/* The outermost unknown tag that is open after `tag`. */
static Span unknown_tag(Span open, Role role, const Tag *tag)
{
    if (role != IGNORED || tag_is(tag, "DOC")) return (Span){0};
    if (!open.size) return tag->closes ? open : tag->name;
    bool ends = tag->closes && span_equal_caseless(tag->name, open);
    return ends ? (Span){0} : open;
}

static void pass_tag(Trec *self, Walk *walk, const Tag *tag)
{
    Role role = role_of(self, walk, tag);
    bool closes = tag->closes;
    note_role(&self->seen, role);
    walk->unknown = unknown_tag(walk->unknown, role, tag);
    walk->not_text = walk->not_text || walk->docid;
    walk->id = walk->docid = false;
    if (role == IGNORED) return;
    walk->title = walk->not_text = false;
    if (role == ID) walk->id = !closes;
    if (role == DOCID) walk->docid = !closes;
    if (role == TITLE) walk->title = !closes;
    if (walk->body && tag_is(tag, "BODY")) walk->in_body = !closes;
    if (role == TEXT) walk->text = !closes || walk->whole || walk->in_body;
    if (role == NOT_TEXT) walk->not_text = !closes;
}

static Role role_here(const Walk *walk)
{
    if (walk->not_text) return NOT_TEXT;
    if (walk->id) return ID;
    if (walk->docid) return DOCID;
    if (walk->title) return TITLE;
    return walk->text ? TEXT : IGNORED;
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

static bool is_stored(const Trec *self, Span name)
{
    const CorpusOptions *options = self->source->options;
    for (size_t i = 0; i < options->store_field_count; i++) {
        if (span_equal_caseless(name, span_text(options->store_fields[i])))
            return true;
    }
    return false;
}

/* Text of no role: its tag is named in the announcement. */
static void note_unread(Trec *self, const Walk *walk, Span text)
{
    Span name = walk->unknown.size ? walk->unknown
                                   : span_text("text outside of tags");
    if (self->announced || span_is_blank(text) || is_stored(self, name)) return;
    seen_fields_note(&self->unread, name, 0);
}

/* Fills `texts` with the text between the tags. */
static void gather_texts(Trec *self, Span record)
{
    for (size_t i = 0; i < ROLES; i++) buf_clear(&self->texts[i]);
    Walk walk = begin_walk(self, record);
    Tag tag = {0};
    for (bool more = true; more;) {
        size_t start = tag.end;
        more = tag_next(record, start, &tag);
        size_t end = more ? tag.start : record.size;
        Span between = span_of(record.data + start, end - start);
        Role here = role_here(&walk);
        if (here == IGNORED) {
            note_unread(self, &walk, between);
        } else if (here != NOT_TEXT) {
            Buf *text = &self->texts[here];
            if (text->size) buf_put_byte(text, ' ');
            tags_put_text(text, between);
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

/* The id in the <DOC> with which the record begins: that of the attribute
 * `id`, or the one that the options name. */
static Span attribute_id(Trec *self, Span record)
{
    const char *chosen = self->source->options->id_field;
    Tag tag;
    Span value = {0};
    buf_clear(&self->attribute_id);
    if (tag_next(record, 0, &tag) &&
        tag_attribute(&tag, chosen ? chosen : "id", &value))
        self->seen.id = true;
    tags_put_text(&self->attribute_id, value);
    return span_trim(buf_span(&self->attribute_id));
}

/* Sets the id; returns where it was found. */
static const char *take_id(Trec *self, Span record, Document *out)
{
    const char *chosen = self->source->options->id_field;
    out->id = span_trim(buf_span(&self->texts[ID]));
    if (out->id.size) return chosen ? chosen : "DOCNO";
    out->id = attribute_id(self, record);
    if (chosen) return chosen;
    if (out->id.size) return "<DOC id>";
    out->id = span_trim(buf_span(&self->texts[DOCID]));
    return out->id.size ? "DOCID" : "SOURCE:LINE";
}

static void announce(Trec *self, const char *id)
{
    const CorpusOptions *options = self->source->options;
    const char *before = "; not read: ";
    bool has_unread = self->unread.name_count > 0;
    Buf what = {0};
    if (self->announced) return;
    self->announced = true;
    buf_printf(
        &what, "trec: id = %s, text = %s + %s", id,
        options->title_field ? options->title_field : "TITLE, HEADLINE ...",
        options->text_field ? options->text_field
                            : "TEXT, BODY, LEADPARA, LP, DD, DATE (or all)");
    for (const char *tag = NULL;
         (tag = seen_fields_name(&self->unread, tag));) {
        buf_printf(&what, "%s%s", before, tag);
        before = ", ";
    }
    if (has_unread && self->unread.more) buf_printf(&what, "%s...", before);
    const char *text = buf_text(&what);
    if (text)
        source_announce(self->source, text,
                        has_unread ? ADVICE_NAME_FIELDS : ADVICE_NONE);
    buf_release(&what);
}

static Status read_document(Trec *self, Span record, Document *out,
                            Error *error)
{
    note_tags(self, record);
    gather_texts(self, record);
    gather_fields(self, record, out);
    announce(self, take_id(self, record, out));
    out->title = span_trim(buf_span(&self->texts[TITLE]));
    out->text = span_trim(buf_span(&self->texts[TEXT]));
    const char *doing = "reading a TREC document";
    Status status = buf_check(&self->field_texts, doing, error);
    if (status == OK) status = buf_check(&self->attribute_id, doing, error);
    for (size_t i = 0; i < ROLES && status == OK; i++)
        status = buf_check(&self->texts[i], doing, error);
    return status;
}

/* Reports a document that may be truncated, or is skipped because it lacks the
 * id that the options ask for. */
static Status report(const Trec *self, const StreamRecord *record, bool found,
                     Error *error)
{
    if (found && doc_record_is_closed(record->bytes)) return OK;
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
        Status status = doc_record_next(self->source, &record, &any, error);
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
