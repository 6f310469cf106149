/* topics.h - reads a file of queries (TREC: topics) in any common format.
 *
 *   lines    a query per line; the line number is its id
 *   tsv      qid<TAB>query (MS MARCO, and most others)
 *   colon    qid:query (PISA)
 *   words    qid query words (Terrier's single-line form, JASS)
 *   json     {"id", "title"}, {"_id", "text"}, {"qid", "query"} and the like:
 *            one per line, or in a list
 *   trec     <top> <num> <title> <desc> <narr>, closed or not; web track and
 *            TREC-COVID <topic number="1"> <query>; NTCIR <query> <qid>
 *            <content>
 *   doc      <DOC> <DOCNO> 1 </DOCNO> text </DOC> (CACM)
 *   csv      a table with a row of column names; , ; | or tabs separate
 *   smart    .I 1, .W and the query on the next lines (SMART)
 *   questions  question<TAB>[answers] (Natural Questions); line numbers are ids
 *
 * The format is detected from the content (see topics_detect.c) and reported
 * in Topics. Files may be compressed (.gz, .zst). Ids are strings, kept as they
 * are written, except for two forms that TREC's judgements write differently:
 * `Number: 051` in topics with <head> (TREC-1 to 3) is 51, and `Number: MB001`
 * (Microblog) is 1. Queries keep the order of the file.
 */
#ifndef QUERN_TOPICS_TOPICS_H
#define QUERN_TOPICS_TOPICS_H

#include "common/base/arena.h"
#include "common/base/buf.h"

typedef enum TopicFormat {
    TOPICS_DETECT,
    TOPICS_LINES,
    TOPICS_TSV,
    TOPICS_COLON,
    TOPICS_WORDS,
    TOPICS_JSON,
    TOPICS_TREC,
    TOPICS_DOC,
    TOPICS_CSV,
    TOPICS_SMART,
    TOPICS_QUESTIONS
} TopicFormat;

/* Which field of a topic is the query. */
typedef enum TopicField {
    TOPIC_TITLE,
    TOPIC_DESC,
    TOPIC_NARR,
    TOPIC_TITLE_DESC
} TopicField;

typedef struct TopicOptions {
    TopicFormat format;
    TopicField field;                    /* for trec, json and csv only */
    const char *qid_field, *query_field; /* keys, columns or tags; NULL: the
                                            usual ones */
} TopicOptions;

typedef struct Topic {
    Span qid;      /* never empty; zero-terminated */
    Span text;     /* clean UTF-8, may be empty; zero-terminated */
    uint64_t line; /* its first line, from 1, for messages */
} Topic;

/* Everything in it is valid until topics_release. */
typedef struct Topics {
    const Topic *items;
    size_t count;
    const char *format; /* the detected format, for messages: "qid<TAB>query" */
    Buf problems;       /* a line for each query that was refused */
    Buf warnings;       /* a line for each query with invalid UTF-8; and one if
                           ids are missing */
    size_t refused;     /* the number of refused queries */
    Buf list;           /* owns the items */
    Arena arena;        /* owns their bytes */
} Topics;

/* What a file is that looks like one of queries but has none: "a run (qid Q0
 * docid rank score tag)"; NULL if it is not. */
const char *topics_other_kind(Span bytes);

/* "-" is standard input. A malformed query is refused and reading goes on; each
 * problem begins with FILE:LINE. A query with a duplicate id is refused too,
 * since evaluation could not distinguish the two. */
NODISCARD Status topics_read(const char *path, const TopicOptions *options,
                             Topics *out, Error *error);

/* The same from memory; `name` is used in messages. */
NODISCARD Status topics_parse(Span bytes, const char *name,
                              const TopicOptions *options, Topics *out,
                              Error *error);

void topics_release(Topics *topics);

#endif
