/* topics_internal.h - what the topic formats share; private to topics*.c. */
#ifndef QUERN_TOPICS_TOPICS_INTERNAL_H
#define QUERN_TOPICS_TOPICS_INTERNAL_H

#include "searcher/topics/topics.h"

/* A file of topics while it is read. */
typedef struct TopicFile {
    const char *name;
    Span bytes;
    const TopicOptions *options;
    Topics *topics;
    Buf text; /* scratch: the query being put together */
} TopicFile;

/* The position of a problem; column 0: the whole line. */
typedef struct TopicPosition {
    uint64_t line, column;
} TopicPosition;

/* Adds a problem: FILE:LINE: or FILE:LINE:COLUMN: and the message. */
void topics_refuse(TopicFile *file, TopicPosition position, const char *format,
                   ...) PRINTF_LIKE(3, 4);

/* Adds a copy with invalid UTF-8 replaced. A query without a qid is refused. */
NODISCARD Status topics_add(TopicFile *file, Span qid, Span text, uint64_t line,
                            Error *error);

/* Removes the next line from the front of *rest, *line without its line end;
 * false at the end. */
bool topics_take_line(Span *rest, Span *line);

/* Split a line by format; false if it does not fit. */
bool topics_split_tsv(Span line, Span *qid, Span *text);
bool topics_split_colon(Span line, Span *qid, Span *text);
bool topics_split_words(Span line, Span *qid, Span *text);

/* TOPICS_DETECT if the format is unknown. */
TopicFormat topics_detect(Span bytes);

NODISCARD Status topics_read_lines(TopicFile *file, TopicFormat format,
                                   Error *error);
NODISCARD Status topics_read_json(TopicFile *file, Error *error);
NODISCARD Status topics_read_tagged(TopicFile *file, Error *error);

#endif
