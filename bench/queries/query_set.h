/* query_set.h - the queries that are measured.
 *
 * Any file of queries that searcher reads (searcher/topics/topics.h), or lines
 * CLASS<TAB>QUERY: its first column repeats, that of
 * qid<TAB>query does not.
 */
#ifndef QUERN_QUERIES_QUERY_SET_H
#define QUERN_QUERIES_QUERY_SET_H

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "searcher/topics/topics.h"

typedef struct SetQuery {
    const char *qid;        /* of the file, or the number of its line */
    const char *class_name; /* given in the file; NULL: not given */
    Span text;              /* one line without tabs; zero-terminated */
    Span words;             /* the same without marks of any query language, for
                               engines that have no plain words; likewise */
} SetQuery;

/* Everything in it is valid until query_set_release. */
typedef struct QuerySet {
    SetQuery *items;
    size_t count;
    const char *format; /* for messages: "CLASS<TAB>query" */
    bool has_classes;
    Span bytes;   /* of the file, decompressed */
    Buf problems; /* a line for each query that was refused */
    Buf warnings; /* Topics.warnings */
    Buf content;  /* owns the bytes */
    Arena arena;  /* owns the rest */
} QuerySet;

/* "-" is standard input; the options say how topics are read. ERR_USAGE for a
 * file without queries. */
NODISCARD Status query_set_read(const char *path, const TopicOptions *options,
                                QuerySet *out, Error *error);
void query_set_release(QuerySet *set);

/* Keeps `count` of them, drawn at random, always the same, in their order. A
 * smaller draw is a part of a larger one. */
void query_set_draw(QuerySet *set, size_t count);

#endif
