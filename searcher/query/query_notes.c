/* query_notes.c - collects what was dropped or changed in a query. */
#include "searcher/query/query_notes.h"

#include "common/base/utf8_clean.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_BYTES = 320 };

/* The last of a kind says that there are more. */
static const size_t MOST[NOTE_KINDS] = {
    [NOTE_INFO] = 33, [NOTE_WARNING] = 9, [NOTE_LIMIT] = SIZE_MAX};

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

PRINTF_LIKE(3, 0)
static void add(NoteList *notes, NoteKind kind, const char *format,
                va_list arguments)
{
    size_t number = ++notes->counts[kind];
    if (number > MOST[kind]) return;
    char line[LINE_BYTES];
    vsnprintf(line, sizeof line, format, arguments);
    bool full = number == MOST[kind];
    Span text = span_text(full ? "and more that is not listed here" : line);
    QueryNote *note = arena_alloc(notes->arena, sizeof *note);
    text = copy_clean(notes->arena, text);
    if (!note || !text.data) return;
    *note = (QueryNote){.text = (const char *)text.data,
                        .is_warning = kind != NOTE_INFO};
    if (notes->last)
        notes->last->next = note;
    else
        notes->first = note;
    notes->last = note;
}

void note_add(NoteList *notes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(notes, NOTE_INFO, format, arguments);
    va_end(arguments);
}

void note_warning(NoteList *notes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(notes, NOTE_WARNING, format, arguments);
    va_end(arguments);
}

void note_limit(NoteList *notes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(notes, NOTE_LIMIT, format, arguments);
    va_end(arguments);
}
