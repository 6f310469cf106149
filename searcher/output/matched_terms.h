/* matched_terms.h - the terms of a query that are to be highlighted.
 *
 * All positive terms of the tree, words of phrases, and what patterns stood
 * for. Each distinct word of the query has a number, so that a snippet can
 * count how many of them it shows; all expansions count as one word. Start
 * with {0}; one thread at a time.
 */
#ifndef QUERN_OUTPUT_MATCHED_TERMS_H
#define QUERN_OUTPUT_MATCHED_TERMS_H

#include "common/base/arena.h"
#include "searcher/query/query.h"

typedef struct MatchedTerm {
    Span term; /* data NULL: an empty slot */
    uint32_t word;
} MatchedTerm;

typedef struct MatchedTerms {
    Arena arena;        /* copies of the terms */
    MatchedTerm *slots; /* owned: a hash table of a power of two */
    size_t slot_count, used;
    Span prefixes[16]; /* lone CJK characters of quoted runs */
    size_t prefix_count;
    uint32_t word_count;
    Status status; /* the first failure */
} MatchedTerms;

#define NO_WORD UINT32_MAX

/* Forgets the last query and takes the terms of this one. */
void matched_terms_set(MatchedTerms *terms, const Query *query);

/* Adds a term that a pattern stood for: for search_expansions, whose `self`
 * is the MatchedTerms. */
void matched_terms_expand(void *terms, Span term);

/* The word that a token of a text shows, or NO_WORD. */
uint32_t matched_terms_find(const MatchedTerms *terms, Span token);

void matched_terms_release(MatchedTerms *terms);

#endif
