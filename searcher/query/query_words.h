/* query_words.h - one item's text to a leaf of the tree, by the analyzer. */
#ifndef QUERN_QUERY_QUERY_WORDS_H
#define QUERN_QUERY_QUERY_WORDS_H

#include "common/text/analyzer.h"
#include "searcher/query/query_lexer.h"

/* The upper half stays from query to query, the lower is set for each. */
typedef struct QueryWords {
    const Analyzer *analyzer;
    TokenStream *stream;
    Buf tokens; /* of Token, their terms in the arena */
    Buf folded;

    Arena *arena;
    NoteList *notes;
    size_t word_count;    /* taken so far, at most QUERY_MAX_WORDS */
    size_t pattern_count; /* of these, at most QUERY_MAX_PATTERNS */
    bool dropped_stop_words;
    bool told_of_stems;
    bool told_of_words;
    bool told_of_patterns;
    bool told_of_phrases;
    Status status; /* the first failure of the stream */
} QueryWords;

/* A leaf for a word, a quote, or a keyword that does not act; its boost set.
 * NULL, noted, if no word is left of it. */
QueryNode *query_words_leaf(QueryWords *words, const QueryItem *item,
                            QueryPart part);

/* All words of a text side by side: a bag. A raw QUERY_BOOLEAN of leaves, or
 * NULL, noted, if no word is left. */
QueryNode *query_words_bag(QueryWords *words, Span text, QueryOccur occur);

#endif
