/* hints.h - why a query found nothing, or less than it asked for. */
#ifndef QUERN_SEARCHER_HINTS_H
#define QUERN_SEARCHER_HINTS_H

#include "searcher/search_session.h"

enum { MAX_COUNTED_WORDS = 64 };

/* A word or pattern of a query, and how much of it the index has. */
typedef struct WordCount {
    const QueryNode *pattern; /* NULL: a word */
    Span text;                /* borrowed from the query */
    uint64_t df; /* documents with the word; terms that match the pattern */
} WordCount;

typedef struct WordCounts {
    WordCount words[MAX_COUNTED_WORDS]; /* distinct, in query order */
    size_t count;
    bool more;     /* the query has more words */
    size_t absent; /* words with df 0, after word_counts_look_up */
    bool in_field, in_title, in_phrase, in_sloppy;
} WordCounts;

/* Collects the words of a query, except excluded ones and prefixes within a
 * phrase. Looks nothing up. */
void word_counts_collect(const Query *query, WordCounts *out);

/* Fills df and `absent`. Memory for patterns is taken from the session's
 * arena. */
NODISCARD Status word_counts_look_up(Session *session, WordCounts *counts,
                                     Error *error);

/* Appends the word in query syntax. */
void put_word(Buf *out, const WordCount *word);

/* Hints about the session's last query: words that the index does not have,
 * with similar ones; if nothing was found, also how many documents each word
 * finds alone. NULL, and nothing is looked up, if there are hits and the index
 * has all words. Valid until the next query. */
NODISCARD Status hints_find(Session *session, bool found,
                            const QueryNote **hints, Error *error);

#endif
