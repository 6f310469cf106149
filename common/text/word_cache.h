/* word_cache.h - caches the terms of words, for one thread.
 *
 * A lookup is faster than stemming a word or folding its accents.
 * Direct-mapped, of fixed size, one entry per cache line; a word and term that
 * do not fit into an entry are computed every time. */
#ifndef QUERN_TEXT_WORD_CACHE_H
#define QUERN_TEXT_WORD_CACHE_H

#include "common/base/span.h"

#include <stdbool.h>

enum {
    WORD_CACHE_ENTRIES = 16384,
    WORD_CACHE_BYTES = 60 /* word, term and variant together */
};

typedef struct WordEntry {
    uint8_t word_size;    /* 0: empty */
    uint8_t term_size;    /* 0: the word has no term */
    uint8_t variant_size; /* 0: it has one term only */
    bool has_humps;
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

/* What a word's terms are: the size of the first, 0 if the word is dropped; of
 * another form of it, 0 if there is none; whether it is in camelCase, which
 * only the default analyzer asks. */
typedef struct WordTerms {
    size_t term, variant;
    bool has_humps;
} WordTerms;

/* Whether the entry is the word's; writes its terms, one after the other. */
static inline bool word_entry_take(const WordEntry *entry, Span word,
                                   uint8_t *out, WordTerms *terms)
{
    if (!word_entry_is(entry, word)) return false;
    *terms = (WordTerms){entry->term_size, entry->variant_size,
                         entry->has_humps};
    memcpy(out, entry->bytes + word.size, terms->term + terms->variant);
    return true;
}

/* Replaces the entry, if the word and its terms fit. */
void word_entry_set(WordEntry *entry, Span word, WordTerms terms,
                    const uint8_t *bytes);

#endif
