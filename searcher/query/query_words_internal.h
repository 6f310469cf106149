/* query_words_internal.h - from the tokens of a text to leaves of the tree;
 * private to searcher/query. */
#ifndef QUERN_QUERY_QUERY_WORDS_INTERNAL_H
#define QUERN_QUERY_QUERY_WORDS_INTERNAL_H

#include "searcher/query/query_words.h"

/* The words of a text. */
typedef struct Found {
    const Token *tokens; /* TOKEN_WORD only; valid until the next text */
    size_t count;
    uint32_t positions; /* with stop words; 0: no word at all */
    Token joined;       /* one term for all of them, wifi for wi-fi;
                           joined.term.data NULL: none */
} Found;

/* --- query_leaves.c --- */

/* Tokenizes the text, within what is left of QUERY_MAX_WORDS. */
Found find_words(QueryWords *words, Span text);

/* The same without counting its words. */
Found look_at_words(QueryWords *words, Span text);

/* The size of the character at `at` if it has this trait (word_break.h), a
 * hyphen or apostrophe; else 0. */
size_t sign_at(Span text, size_t at, uint32_t trait);

/* Whether one more word, or pattern, is within the limits; counts it. */
bool take_word(QueryWords *words);
bool take_pattern(QueryWords *words);

/* NULL if memory ran out. */
QueryNode *new_leaf(QueryWords *words, QueryKind kind, QueryField field);

/* NULL if there are too many patterns. */
QueryNode *token_leaf(QueryWords *words, const Token *token, QueryField field);

/* A phrase of the first `count` words with room for one more. */
QueryNode *phrase_leaf(QueryWords *words, const Found *found, size_t count,
                       QueryField field);

/* The leaf of a text without operators: its joined form (not in quotes), a
 * term, or a phrase. NULL, with a note, if there is no word. */
QueryNode *text_leaf(QueryWords *words, Span text, bool is_quoted,
                     QueryField field);

/* --- query_patterns.c --- */

/* The offset of the star that makes the word a pattern; 0 if it is not one:
 * without a star, with a leading one, or with operator characters. */
size_t pattern_star(Span text);

/* A leaf for a word with a star after its first byte, at `star`. */
QueryNode *star_leaf(QueryWords *words, Span text, size_t star,
                     QueryField field);

/* A leaf for a word with ~1 or ~2. */
QueryNode *fuzzy_leaf(QueryWords *words, const QueryItem *item,
                      QueryField field);

/* A warning on *ation and .*ation; none on a star without a word, as in a * b.
 */
void note_leading_star(QueryWords *words, Span text, const QueryNode *leaf);

#endif
