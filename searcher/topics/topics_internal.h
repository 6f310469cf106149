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

/* Where a problem is; column 0: the line as a whole. */
typedef struct TopicPlace {
    uint64_t line, column;
} TopicPlace;

/* Adds a problem: FILE:LINE: or FILE:LINE:COLUMN: and the message. */
void topics_refuse(TopicFile *file, TopicPlace place, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Adds a copy, clean. One without a qid is refused. */
NODISCARD Status topics_add(TopicFile *file, Span qid, Span text, uint64_t line,
                            Error *error);

/* Takes the next line off *rest, without its line end; false at the end. */
bool topics_take_line(Span *rest, Span *line);

/* The formats of lines: how a line is taken apart. False if it is none. */
bool topics_split_tsv(Span line, Span *qid, Span *text);
bool topics_split_colon(Span line, Span *qid, Span *text);
bool topics_split_words(Span line, Span *qid, Span *text);

/* TOPICS_DETECT if it is none of them. */
TopicFormat topics_detect(Span bytes);

NODISCARD Status topics_read_lines(TopicFile *file, TopicFormat format,
                                   Error *error);
NODISCARD Status topics_read_json(TopicFile *file, Error *error);
NODISCARD Status topics_read_tagged(TopicFile *file, Error *error);

#endif
