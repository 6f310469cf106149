/* query_notes.h - collects notes on what was dropped or changed in a query. */
#ifndef QUERN_QUERY_QUERY_NOTES_H
#define QUERN_QUERY_QUERY_NOTES_H

#include "searcher/query/query.h"

typedef enum NoteKind {
    NOTE_INFO,    /* for --show-query, --json and -v */
    NOTE_WARNING, /* an operator was treated as text or ignored */
    NOTE_LIMIT,   /* a limit of query_limits.h was reached; once per limit */
    NOTE_KINDS
} NoteKind;

/* Start with {.arena = arena}. A failure is kept in arena->status. */
typedef struct NoteList {
    Arena *arena;
    QueryNote *first;
    QueryNote *last;
    size_t counts[NOTE_KINDS];
} NoteList;

/* Add a line of valid UTF-8. Beyond a maximum per kind only one note is added,
 * that there are more; for limits there is no maximum. */
void note_add(NoteList *notes, const char *format, ...) PRINTF_LIKE(2, 3);
void note_warning(NoteList *notes, const char *format, ...) PRINTF_LIKE(2, 3);
void note_limit(NoteList *notes, const char *format, ...) PRINTF_LIKE(2, 3);

/* A word as an argument for "%.*s", truncated if long. */
enum { NOTE_WORD_BYTES = 60 };
#define NOTE_WORD(span)                                                   \
    (int)((span).size < NOTE_WORD_BYTES ? (span).size : NOTE_WORD_BYTES), \
        (const char *)(span).data

/* foreign_syntax.c: operators of other query languages, which are text here. */

/* If the word as written looks like an operator of another language (!word,
 * &&, ||, w?rd), adds a warning that names ours. */
void note_foreign_syntax(NoteList *notes, Span word);

#endif
