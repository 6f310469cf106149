/* search.h - the k best documents of a query, and the number of matches.
 *
 * The hits are exactly those that scoring every document would give, with the
 * same bits of score, on every machine and for every number of segments: best
 * first, equal scores in the order in which the documents were indexed.
 */
#ifndef QUERN_SEARCH_H
#define QUERN_SEARCH_H

#include <quern/query.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- Limiting a search to some documents --- */

/* Documents whose ids match globs; used by any number of threads at once. */
typedef struct quern_filter quern_filter;

/* Reads all ids of the index once. The globs are written as in .gitignore: an
 * id is split at its slashes, *.md matches notes/plan.md, and 2024 everything
 * in a folder of that name; a leading ! excludes what the rest matches. A
 * document passes if it matches one of the globs without ! (or there are none)
 * and none of those with !. Without globs all pass. QUERN_INVALID for a glob
 * that can match no id. The filter is owned by the caller; the index is
 * borrowed until quern_filter_free. */
QUERN_API quern_status quern_filter_new(const quern_index *index,
                                        const quern_string *globs,
                                        size_t glob_count,
                                        quern_filter **filter,
                                        quern_error *error);
QUERN_API void quern_filter_free(quern_filter *filter);

/* How many documents pass. 0 for NULL. */
QUERN_API uint64_t quern_filter_count(const quern_filter *filter);

/* --- Searching --- */

typedef struct quern_search_options {
    size_t struct_size;
    uint32_t k;      /* how many hits at most; 0: only count. Any number is
                        allowed: memory grows with k only up to the number of
                        documents */
    bool count;      /* count all matches exactly */
    bool exhaustive; /* score every match: slower, same hits */
    float k1, b;     /* BM25: k1 from 0 to 1,000, b from 0 to 1;
                        QUERN_INDEX_VALUE: those of the index */
    uint32_t max_expansions; /* terms of one pattern, from 1 to 1,048,576: the
                                most frequent ones, with a note if there are
                                more */
    const quern_filter *filter; /* of the same index; borrowed during the call.
                                   NULL: all documents. Scores are those of the
                                   whole index */
} quern_search_options;

#define QUERN_INDEX_VALUE (-1.0F)

#define QUERN_SEARCH_OPTIONS_INIT                                          \
    {                                                                      \
        sizeof(quern_search_options), 10, false, false, QUERN_INDEX_VALUE, \
            QUERN_INDEX_VALUE, 1024, NULL                                  \
    }

/* An element of an array. */
typedef struct quern_hit {
    uint64_t document;
    float score;
} quern_hit;

typedef struct quern_search_result {
    const quern_hit *hits; /* best first */
    size_t hit_count;
    uint64_t total;   /* number of matches, if counted; else 0 */
    bool lacks_words; /* some word of the query is in no document, or some
                         pattern matches no term */
    const quern_note *notes; /* a limit was reached, or the index has no
                                positions */
    size_t note_count;
} quern_search_result;

/* Finds the best documents of a query. *result is borrowed from the context
 * until its next search, explanation or description of a plan; the query is
 * borrowed during the call only. QUERN_CORRUPT if the index is damaged where
 * the query reads it; then the context has no result. */
QUERN_API quern_status quern_search(quern_context *context,
                                    const quern_query *query,
                                    const quern_search_options *options,
                                    const quern_search_result **result,
                                    quern_error *error);

/* --- Many queries on several threads --- */

/* One query of a batch; an element of an array. */
typedef struct quern_batch_query {
    const quern_query *query; /* or NULL: the text is parsed */
    quern_string text;
} quern_batch_query;

typedef struct quern_batch_options {
    size_t struct_size;
    uint32_t threads;                   /* 0: one for each processor; at most
                                           1,024 */
    const quern_parse_options *parse;   /* of the texts; NULL: defaults */
    const quern_search_options *search; /* NULL: defaults */
} quern_batch_options;

#define QUERN_BATCH_OPTIONS_INIT                   \
    {                                              \
        sizeof(quern_batch_options), 0, NULL, NULL \
    }

/* The answer to one query of a batch. Everything is borrowed during the call of
 * the quern_answer_function. */
typedef struct quern_answer {
    size_t number;                     /* of the query, from 0 */
    quern_status status;               /* of parsing and searching this query */
    const quern_error *error;          /* NULL if status is QUERN_OK */
    const quern_query *query;          /* as parsed, or as given */
    const quern_search_result *result; /* NULL unless status is QUERN_OK */
    quern_context *context;            /* the one that searched, for ids, stored
                                          documents and snippets */
} quern_answer;

/* Takes an answer; returns false to cancel the batch. */
typedef bool quern_answer_function(void *self, const quern_answer *answer);

/* Answers queries on several threads, each with a context of its own, and calls
 * `answer` on the calling thread in the order of the queries, as soon as an
 * answer and all before it are there. A query that fails is an answer with its
 * status; the others go on. QUERN_CANCELLED if `answer` returned false: it is
 * not called again, queries that are being searched are finished. If some
 * threads cannot be started, the others do the work; if none can, the calling
 * thread. Queries, options and the index are borrowed during the call. */
QUERN_API quern_status quern_search_batch(const quern_index *index,
                                          const quern_batch_query *queries,
                                          size_t query_count,
                                          const quern_batch_options *options,
                                          quern_answer_function *answer,
                                          void *self, quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
