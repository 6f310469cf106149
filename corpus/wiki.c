/* wiki.c - the output of WikiExtractor as documents.
 *
 *     <doc id="12" url="https://..." title="Anarchism">
 *     Anarchism
 *
 *     Anarchism is a political philosophy ...
 *     </doc>
 *
 * The attributes and the text become the keys of a record (roles.h), as they
 * are in the JSON of `wikiextractor --json`. The text begins with the title, as
 * it is there.
 */
#include "corpus/doc_record.h"
#include "corpus/roles.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

#include <stdlib.h>

static const char *const ATTRIBUTES[] = {"id", "revid", "url", "title"};

enum {
    ATTRIBUTE_COUNT = sizeof ATTRIBUTES / sizeof *ATTRIBUTES,
    TITLE = ATTRIBUTE_COUNT - 1,
    TEXT = ATTRIBUTE_COUNT,
    CLOSE_TAG_BYTES = 6 /* </doc> */
};

typedef struct Wiki {
    const Source *source;
    Roles roles;
    Buf values[ATTRIBUTE_COUNT + 1]; /* of the current document */
} Wiki;

static void wiki_close(void *reader)
{
    Wiki *self = reader;
    if (!self) return;
    for (size_t i = 0; i <= TEXT; i++) buf_release(&self->values[i]);
    roles_release(&self->roles);
    free(self);
}

static Status wiki_open(const Source *source, void **out, Error *error)
{
    *out = NULL;
    Wiki *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "reading WikiExtractor's output");
    self->source = source;
    Status status = roles_init(&self->roles, source, "wiki", error);
    if (status == OK) {
        *out = self;
    } else {
        wiki_close(self);
    }
    return status;
}

/* WikiExtractor does not escape the quotes of a title, which is the last
 * attribute: title=""Heroes"". */
static bool find_title(Span attributes, Span *title)
{
    static const char begin[] = " title=\"";
    size_t size = sizeof begin - 1;
    Span all = span_trim(attributes);
    if (!all.size || all.data[all.size - 1] != '"') return false;
    for (const uint8_t *at = attributes.data; at + size < all.data + all.size;
         at++) {
        if (memcmp(at, begin, size) != 0) continue;
        *title = span_of(at + size,
                         (size_t)(all.data + all.size - at) - size - 1);
        return true;
    }
    return false;
}

/* Puts the values; returns the members that the record has. */
static size_t read_values(Wiki *self, Span record,
                          JsonMember members[ATTRIBUTE_COUNT + 1])
{
    Tag tag;
    size_t count = 0;
    bool closed = doc_record_is_closed(record);
    size_t end = closed ? record.size - CLOSE_TAG_BYTES : record.size;
    tag_next(record, 0, &tag); /* the record begins with it */
    for (size_t i = 0; i <= TEXT; i++) {
        Buf *value = &self->values[i];
        Span raw = span_of(record.data + tag.end, end - tag.end);
        bool there = i == TEXT ||
                     (i == TITLE && find_title(tag.attributes, &raw)) ||
                     tag_attribute(&tag, ATTRIBUTES[i], &raw);
        if (!there) continue;
        buf_clear(value);
        tags_put_text(value, raw);
        members[count++] = (JsonMember){
            .key = span_text(i == TEXT ? "text" : ATTRIBUTES[i]),
            .value = span_trim(buf_span(value)),
            .kind = JSON_VALUE};
    }
    return count;
}

static Status check_memory(const Wiki *self, Error *error)
{
    Status status = OK;
    for (size_t i = 0; i <= TEXT && status == OK; i++)
        status = buf_check(&self->values[i], "reading a <doc>", error);
    return status;
}

static Status read_record(Wiki *self, const StreamRecord *record, Document *out,
                          bool *found, Error *error)
{
    JsonMember members[ATTRIBUTE_COUNT + 1];
    size_t count = read_values(self, record->bytes, members);
    Status status = check_memory(self, error);
    if (status != OK) return status;
    JsonObject object = {members, count};
    *found = roles_apply(&self->roles, object, out);
    status = roles_report(&self->roles, record, *found, error);
    if (status == OK && *found && !doc_record_is_closed(record->bytes))
        status = source_changed(self->source, record,
                                "no </doc>; the document may be truncated",
                                error);
    if (!*found) *out = (Document){0};
    return status == OK ? roles_check(&self->roles, false, error) : status;
}

static Status wiki_next(void *reader, Document *out, bool *found, Error *error)
{
    Wiki *self = reader;
    *found = false;
    while (!*found) {
        StreamRecord record;
        bool any;
        Status status = doc_record_next(self->source, &record, &any, error);
        if (status != OK) return status;
        if (!any) return roles_check(&self->roles, true, error);
        status = read_record(self, &record, out, found, error);
        if (status != OK) return status;
        out->place = source_place(self->source, &record);
    }
    return OK;
}

const ReaderKind WIKI_READER = {CORPUS_WIKI, wiki_open, wiki_next, wiki_close};
