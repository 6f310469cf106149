/* topics_internal.h - what the topic formats share; private to topics*.c. */
#ifndef QUERN_TOPICS_TOPICS_INTERNAL_H
#define QUERN_TOPICS_TOPICS_INTERNAL_H

#include "searcher/topics/topics.h"

#include "common/input/json.h"

/* A file of topics while it is read. */
typedef struct TopicFile {
    const char *name;
    Span bytes;
    const TopicOptions *options;
    Topics *topics;
    Buf text;              /* scratch: the query being put together */
    uint64_t record_count; /* so far, see topics_add_record */
    Buf unnamed;           /* size_t[]: indexes of topics whose id is the number
                              of their record */
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

/* Appends words, separated by one space. */
void topics_put_words(Buf *out, Span text);

/* topics_record.c */

/* Whether a field with this name is the id, or the query. */
bool topics_name_qid(const TopicOptions *options, Span name);
bool topics_name_query(const TopicOptions *options, Span name);

/* Adds the query of a JSON object or of a row whose cells have their columns'
 * names as keys. A record without query is refused; one without id gets its
 * number, for topics_check_unnamed to judge when all are read: if no record has
 * an id, that is reported, else those without are refused. */
NODISCARD Status topics_add_record(TopicFile *file, JsonObject record,
                                   uint64_t line, Error *error);
NODISCARD Status topics_check_unnamed(TopicFile *file, Error *error);

/* TOPICS_DETECT if the format is unknown. */
TopicFormat topics_detect(Span bytes, const TopicOptions *options);

/* Whether the first row of a table names the columns of id and query. */
bool topics_is_table(Span bytes, const TopicOptions *options);

/* Whether the first line is ".I ID". */
bool topics_is_smart(Span bytes);

/* Whether all lines are question<TAB>[answers]. */
bool topics_are_questions(Span bytes);

NODISCARD Status topics_read_lines(TopicFile *file, TopicFormat format,
                                   Error *error);
NODISCARD Status topics_read_json(TopicFile *file, Error *error);
NODISCARD Status topics_read_tagged(TopicFile *file, Error *error);
NODISCARD Status topics_read_table(TopicFile *file, Error *error);
NODISCARD Status topics_read_smart(TopicFile *file, Error *error);
NODISCARD Status topics_read_questions(TopicFile *file, Error *error);

#endif
