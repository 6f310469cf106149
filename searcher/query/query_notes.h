/* query_notes.h - collects what was dropped or changed in a query. */
#ifndef QUERN_QUERY_QUERY_NOTES_H
#define QUERN_QUERY_QUERY_NOTES_H

#include "searcher/query/query.h"

typedef enum NoteKind {
    NOTE_INFO,    /* for --show-query, --json and -v */
    NOTE_WARNING, /* something that was asked for does not act */
    NOTE_LIMIT,   /* a limit of query_limits.h bites: once a limit */
    NOTE_KINDS
} NoteKind;

/* Start with {.arena = arena}. A failure is kept in the arena. */
typedef struct NoteList {
    Arena *arena;
    QueryNote *first;
    QueryNote *last;
    size_t counts[NOTE_KINDS];
} NoteList;

/* Add a line, clean UTF-8 whatever goes in. After many of a kind only that
 * there are more; limits are always said. */
void note_add(NoteList *notes, const char *format, ...) PRINTF_LIKE(2, 3);
void note_warning(NoteList *notes, const char *format, ...) PRINTF_LIKE(2, 3);
void note_limit(NoteList *notes, const char *format, ...) PRINTF_LIKE(2, 3);

/* A word as an argument for "%.*s", cut if long. */
enum { NOTE_WORD_BYTES = 60 };
#define NOTE_WORD(span)                                                   \
    (int)((span).size < NOTE_WORD_BYTES ? (span).size : NOTE_WORD_BYTES), \
        (const char *)(span).data

#endif
