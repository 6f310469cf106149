/* word_cache.h - caches the terms of words, for one thread.
 *
 * A lookup is faster than stemming a word or folding its accents.
 * Direct-mapped, of fixed size, one entry per cache line; a word and term that
 * do not fit into an entry are computed every time. */
#ifndef QUERN_TEXT_WORD_CACHE_H
#define QUERN_TEXT_WORD_CACHE_H

#include "common/base/span.h"

enum {
    WORD_CACHE_ENTRIES = 16384,
    WORD_CACHE_BYTES = 61 /* word, term and variant together */
};

typedef struct WordEntry {
    uint8_t word_size;    /* 0: empty */
    uint8_t term_size;    /* 0: the word has no term */
    uint8_t variant_size; /* 0: it has one term only */
    uint8_t bytes[WORD_CACHE_BYTES];
} WordEntry;

typedef struct WordCache {
    WordEntry entries[WORD_CACHE_ENTRIES];
} WordCache;

/* The entry for the word, whether it is cached or not. */
WordEntry *word_cache_entry(WordCache *self, Span word);

static inline bool word_entry_is(const WordEntry *entry, Span word)
{
    return entry->word_size == word.size &&
           !memcmp(entry->bytes, word.data, word.size);
}

/* The term, and the variant after it. */
static inline const uint8_t *word_entry_terms(const WordEntry *entry)
{
    return entry->bytes + entry->word_size;
}

/* Replaces the entry, if all three fit. */
void word_entry_set(WordEntry *entry, Span word, Span term, Span variant);

#endif
