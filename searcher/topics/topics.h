/* topics.h - a file of queries, in any of the formats people keep them in.
 *
 *   lines    a query a line; its number is the query's id
 *   tsv      qid<TAB>query (MS MARCO, and most others)
 *   colon    qid:query (PISA)
 *   words    qid query words (Terrier's single-line form, JASS)
 *   json     {"id", "title"}, {"_id", "text"}, {"qid", "query"} and the like:
 *            one a line, or in a list
 *   trec     <top> <num> <title> <desc> <narr>, closed or not; web track and
 *            TREC-COVID <topic number="1"> <query>
 *   doc      <DOC> <DOCNO> 1 </DOCNO> text </DOC> (CACM)
 *
 * The format is found by content (topics_detect.c says how) and told, so that
 * main can announce it. Files may be packed (.gz, .zst). Ids stay texts, the
 * order stays that of the file.
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
    TOPICS_DOC
} TopicFormat;

/* Which part of a topic is the query (--topic-field). */
typedef enum TopicField {
    TOPIC_TITLE,
    TOPIC_DESC,
    TOPIC_NARR,
    TOPIC_TITLE_DESC
} TopicField;

typedef struct TopicOptions {
    TopicFormat format;
    TopicField field; /* matters for trec and json only */
} TopicOptions;

typedef struct Topic {
    Span qid;      /* never empty; zero-terminated */
    Span text;     /* clean UTF-8, may be empty; zero-terminated */
    uint64_t line; /* where it begins, from 1, for messages */
} Topic;

/* Starts as {0}. All in it lives until topics_release. */
typedef struct Topics {
    const Topic *items;
    size_t count;
    const char *format; /* "qid<TAB>query", for the announcement */
    Buf problems;       /* a line for each query not read */
    Buf warnings;       /* a line for each query with invalid UTF-8 */
    size_t refused;     /* how many these are */
    Buf list;           /* owns the items */
    Arena arena;        /* owns their bytes */
} Topics;

/* "-" is standard input. What cannot be read as a query is refused, and the
 * others are read on: each problem begins with FILE:LINE. So is a query whose
 * id was given before: evaluation could not tell them apart. */
NODISCARD Status topics_read(const char *path, const TopicOptions *options,
                             Topics *out, Error *error);

/* The same from memory; name stands in messages. */
NODISCARD Status topics_parse(Span bytes, const char *name,
                              const TopicOptions *options, Topics *out,
                              Error *error);

void topics_release(Topics *topics);

#endif
