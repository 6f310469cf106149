/* matched_terms.h - the terms of a query to highlight.
 *
 * A term belongs to one or more words of the query: a word, a pattern, or a
 * phrase that has it among its first 64 words. Start with {0}; one thread at a
 * time.
 */
#ifndef QUERN_SNIPPET_MATCHED_TERMS_H
#define QUERN_SNIPPET_MATCHED_TERMS_H

#include "common/base/arena.h"
#include "searcher/search/search.h"

/* A word of the query. */
typedef struct MatchedWord {
    uint64_t weight;     /* idf * 1,024, at least 1 */
    QueryField field;    /* the only field where it counts */
    uint32_t slot_count; /* 1, or the number of words of a phrase */
    uint32_t slop;
} MatchedWord;

/* One use of a term: as a word of the query or a slot of a phrase. */
typedef struct TermUse {
    uint32_t word;
    uint32_t slot, offset; /* as in SearchTerm */
    uint32_t next;         /* use of the same term, or NO_USE */
} TermUse;

#define NO_USE UINT32_MAX

typedef struct MatchedTerm {
    Span term; /* data NULL: an empty slot */
    uint32_t first_use;
} MatchedTerm;

typedef struct MatchedTerms {
    Arena arena;        /* copies of the terms */
    MatchedTerm *slots; /* owned: a hash table of a power of two */
    size_t slot_count, used;
    Buf words;     /* MatchedWord */
    Buf uses;      /* TermUse */
    Status status; /* the first failure */
} MatchedTerms;

/* Forgets the last query. */
void matched_terms_clear(MatchedTerms *terms);

/* For search_terms, whose `self` is the MatchedTerms. */
void matched_terms_add(void *terms, const SearchTerm *term);

/* The first use of a token of a text: an index into the uses, or NO_USE. */
uint32_t matched_terms_find(const MatchedTerms *terms, Span token);

static inline const MatchedWord *matched_words(const MatchedTerms *terms)
{
    return (const MatchedWord *)(const void *)terms->words.data;
}

static inline size_t matched_word_count(const MatchedTerms *terms)
{
    return terms->words.size / sizeof(MatchedWord);
}

static inline const TermUse *matched_uses(const MatchedTerms *terms)
{
    return (const TermUse *)(const void *)terms->uses.data;
}

void matched_terms_release(MatchedTerms *terms);

#endif
