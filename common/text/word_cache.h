/* word_cache.h - what became of a word the last time, for one thread.
 *
 * Stemming a word or folding its accents takes longer than finding it here.
 * Direct-mapped, of fixed size, an entry a cache line; a word whose spelling
 * and term do not fit into one is worked out every time. */
#ifndef QUERN_TEXT_WORD_CACHE_H
#define QUERN_TEXT_WORD_CACHE_H

#include "common/base/span.h"

enum {
    WORD_CACHE_ENTRIES = 16384,
    WORD_CACHE_BYTES = 62 /* word and term together */
};

typedef struct WordEntry {
    uint8_t word_size; /* 0: empty */
    uint8_t term_size; /* 0: the word makes no term */
    uint8_t bytes[WORD_CACHE_BYTES];
} WordEntry;

typedef struct WordCache {
    WordEntry entries[WORD_CACHE_ENTRIES];
} WordCache;

/* The entry where the word belongs, whether it is there or not. */
WordEntry *word_cache_entry(WordCache *self, Span word);

static inline bool word_entry_is(const WordEntry *entry, Span word)
{
    return entry->word_size == word.size &&
           !memcmp(entry->bytes, word.data, word.size);
}

static inline Span word_entry_term(const WordEntry *entry)
{
    return span_of(entry->bytes + entry->word_size, entry->term_size);
}

/* Replaces what is there, if the two fit. */
void word_entry_set(WordEntry *entry, Span word, Span term);

#endif
