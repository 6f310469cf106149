/* query_notes.c - collects notes on what was dropped or changed in a query. */
#include "searcher/query/query_notes.h"

#include "common/base/utf8_clean.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_BYTES = 320 };

/* Of each kind; the last one only says that there are more. */
static const size_t MAX_NOTES[NOTE_KINDS] = {
    [NOTE_INFO] = 33, [NOTE_WARNING] = 9, [NOTE_LIMIT] = SIZE_MAX};

/* A word truncated within a character ends in U+FFFD. */
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
    size_t count = ++notes->counts[kind];
    if (count > MAX_NOTES[kind]) return;
    char line[LINE_BYTES];
    vsnprintf(line, sizeof line, format, arguments);
    bool full = count == MAX_NOTES[kind];
    Span text = span_text(full ? "further notes are not shown" : line);
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
