/* clean_document.c - makes what readers hand out clean UTF-8. */
#include "corpus/clean_document.h"

#include "common/base/character.h"
#include "common/base/utf8_clean.h"
#include "corpus/reader.h"

enum {
    FIXED_SPANS = 3,
    MOST_ID_GROWTH = 4 /* a byte becomes \xhh */
};

/* The spans of a document, by number: id, title, text, then the fields. */
static Span *span_at(Document *document, DocumentField *fields, size_t number)
{
    switch (number) {
    case 0: return &document->id;
    case 1: return &document->title;
    case 2: return &document->text;
    default: return &fields[number - FIXED_SPANS].value;
    }
}

static void put_clean_id(Buf *out, Span id)
{
    while (id.size) {
        Span next = span_of(id.data, character_size(id));
        bool valid = character_kind(next.data, next.size) != CHARACTER_INVALID;
        if (valid) buf_put_span(out, next);
        for (size_t i = 0; !valid && i < next.size; i++)
            buf_printf(out, "\\x%02x", next.data[i]);
        id = span_of(id.data + next.size, id.size - next.size);
    }
}

/* Bytes that the clean copies take at most; *text tells of other than ids. */
static size_t room_for_copies(Document *document, DocumentField *fields,
                              bool *id, bool *text)
{
    *id = !utf8_is_clean(document->id);
    *text = false;
    size_t room = *id ? MOST_ID_GROWTH * (document->id.size + 1) : 0;
    for (size_t i = 1; i < FIXED_SPANS + document->field_count; i++) {
        Span span = *span_at(document, fields, i);
        if (utf8_is_clean(span)) continue;
        room += utf8_clean_size(span);
        *text = true;
    }
    return room;
}

static const char *reason_of(bool id, bool text)
{
    return !id ? "not UTF-8: what is none was replaced by U+FFFD"
           : !text
               ? "its id is not UTF-8: bytes that are none are written \\xhh"
               : "not UTF-8: what is none was replaced by U+FFFD, in the "
                 "id by \\xhh";
}

Status document_clean(Document *document, DocumentField *fields,
                      const CorpusListener *listener, Buf *clean, Error *error)
{
    bool id, text;
    size_t room = room_for_copies(document, fields, &id, &text);
    buf_clear(clean);
    if (!id && !text) return OK;
    if (!buf_reserve(clean, room))
        return fail_memory(error, "cleaning a document");
    for (size_t i = 0; i < FIXED_SPANS + document->field_count; i++) {
        Span *span = span_at(document, fields, i); /* in one run: none moves */
        size_t start = clean->size;
        if (utf8_is_clean(*span)) continue;
        if (i == 0) {
            put_clean_id(clean, *span);
        } else {
            utf8_put_clean(clean, *span);
        }
        *span = span_of(clean->data + start, clean->size - start);
    }
    return listener_cut(listener, &document->place, reason_of(id, text), error);
}
