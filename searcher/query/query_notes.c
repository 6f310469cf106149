/* query_notes.c - collects what was dropped or changed in a query. */
#include "searcher/query/query_notes.h"

#include "common/base/utf8_clean.h"

#include <stdarg.h>
#include <stdio.h>

enum { MOST_NOTES = 32, LINE_BYTES = 256 };

/* A word cut in the middle of a character ends in U+FFFD. */
static Span copy_clean(Arena *arena, Span line)
{
    if (utf8_is_clean(line)) return arena_copy(arena, line);
    Buf clean = {0};
    utf8_put_clean(&clean, line);
    if (clean.status != OK) arena->status = clean.status;
    Span copy = arena_copy(arena, buf_span(&clean));
    buf_release(&clean);
    return copy;
}

void note_add(NoteList *notes, const char *format, ...)
{
    if (notes->count > MOST_NOTES) return;
    char line[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);

    bool full = notes->count++ == MOST_NOTES;
    Span text = span_text(full ? "and more that is not listed here" : line);
    QueryNote *note = arena_alloc(notes->arena, sizeof *note);
    text = copy_clean(notes->arena, text);
    if (!note || !text.data) return;
    *note = (QueryNote){.text = (const char *)text.data};
    if (notes->last)
        notes->last->next = note;
    else
        notes->first = note;
    notes->last = note;
}
