/* trec_line.h - reads the lines of runs and judgements: columns of text.
 *
 * Columns are separated by blanks, as trec_eval reads them; lines without any
 * are skipped. Files may be compressed (common/input/stream.h). Every error
 * begins with FILE:LINE.
 */
#ifndef QUERN_QUALITY_TREC_LINE_H
#define QUERN_QUALITY_TREC_LINE_H

#include "common/base/arena.h"
#include "common/base/status.h"

enum { TREC_MAX_COLUMNS = 6 };

/* How the lines of a file look. */
typedef struct TrecForm {
    size_t columns;
    const char *names;    /* for messages: "qid Q0 id rank score tag" */
    const char *what;     /* "a run" */
    size_t other_columns; /* of the other form ... */
    const char *other;    /* ... and what to say then: "; is it qrels?" */
} TrecForm;

typedef struct TrecLine {
    const char *file;               /* for messages, borrowed */
    uint64_t number;                /* from 1 */
    Span columns[TREC_MAX_COLUMNS]; /* borrowed until the next line */
} TrecLine;

typedef Status TrecLineVisit(void *self, const TrecLine *line, Error *error);

/* Calls visit with each line of a file ("-": standard input), until one fails.
 */
NODISCARD Status trec_lines_read(const char *path, const TrecForm *form,
                                 TrecLineVisit *visit, void *self,
                                 Error *error);

/* The same from memory; `name` is for messages. */
NODISCARD Status trec_lines_parse(Span text, const char *name,
                                  const TrecForm *form, TrecLineVisit *visit,
                                  void *self, Error *error);

/* Keeps an id in the arena; `last`, if it has the same bytes, is returned
 * instead of a copy. */
Span trec_id_keep(Arena *arena, Span id, Span last);

/* Fails with FILE:LINE: TEXT. */
Status trec_line_fail(const TrecLine *line, Error *error, const char *format,
                      ...) PRINTF_LIKE(3, 4);

#endif
