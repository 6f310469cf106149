/* query_words.h - analyzes one item's text into a leaf of the tree. */
#ifndef QUERN_QUERY_QUERY_WORDS_H
#define QUERN_QUERY_QUERY_WORDS_H

#include "common/text/analyzer.h"
#include "searcher/query/query_lexer.h"

/* The first half is kept between queries, the second set for each. */
typedef struct QueryWords {
    const Analyzer *analyzer;
    TokenStream *stream;
    Buf tokens; /* Token[], their terms in the arena */
    Buf folded;

    Arena *arena;
    NoteList *notes;
    size_t word_count;    /* so far, at most QUERY_MAX_WORDS */
    size_t pattern_count; /* of these, at most QUERY_MAX_PATTERNS */
    bool dropped_stop_words;
    bool noted_stems; /* each of these notes is added once per query */
    bool noted_words;
    bool noted_patterns;
    bool noted_phrases;
    Status status; /* the first failure of the stream */
} QueryWords;

/* A leaf for a word, a quote, or a keyword that is not an operator, with its
 * boost. NULL, with a note, if no word is left. */
QueryNode *query_words_leaf(QueryWords *words, const QueryItem *item,
                            QueryField field);

/* All words of a text as a bag of words: a raw QUERY_BOOLEAN of leaves, or
 * NULL, with a note, if no word is left. */
QueryNode *query_words_bag(QueryWords *words, Span text, QueryOccur occur);

#endif
