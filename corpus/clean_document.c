/* clean_document.c - makes the texts of a document clean UTF-8. */
#include "corpus/clean_document.h"

#include "common/base/utf8_clean.h"
#include "corpus/reader.h"

enum { FIXED_SPANS = 2 };

/* The texts of a document, by index: title, text, then the fields. */
static Span *span_at(Document *document, DocumentField *fields, size_t i)
{
    switch (i) {
    case 0: return &document->title;
    case 1: return &document->text;
    default: return &fields[i - FIXED_SPANS].value;
    }
}

/* Bytes that the clean copies take. */
static size_t room_for_copies(Document *document, DocumentField *fields)
{
    size_t room = 0;
    for (size_t i = 0; i < FIXED_SPANS + document->field_count; i++) {
        Span span = *span_at(document, fields, i);
        if (!utf8_is_clean(span)) room += utf8_clean_size(span);
    }
    return room;
}

Status document_clean(Document *document, DocumentField *fields,
                      const CorpusListener *listener, Buf *clean, Error *error)
{
    size_t room = room_for_copies(document, fields);
    buf_clear(clean);
    if (!room) return OK;
    if (!buf_reserve(clean, room))
        return fail_memory(error, "cleaning a document");
    for (size_t i = 0; i < FIXED_SPANS + document->field_count; i++) {
        Span *span = span_at(document, fields,
                             i); /* room was reserved: none moves */
        size_t start = clean->size;
        if (utf8_is_clean(*span)) continue;
        utf8_put_clean(clean, *span);
        *span = span_of(clean->data + start, clean->size - start);
    }
    return listener_changed(listener, &document->place,
                            "invalid UTF-8 was replaced by U+FFFD", ADVICE_NONE,
                            error);
}
