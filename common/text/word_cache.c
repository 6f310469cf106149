/* word_cache.c - caches the terms of words. */
#include "common/text/word_cache.h"

#include "common/base/hash.h"

_Static_assert(sizeof(WordEntry) == 64, "an entry is a cache line");

WordEntry *word_cache_entry(WordCache *self, Span word)
{
    return &self->entries[hash_key(word) % WORD_CACHE_ENTRIES];
}

void word_entry_set(WordEntry *entry, Span word, WordTerms terms,
                    const uint8_t *bytes)
{
    size_t size = terms.term + terms.variant;
    if (word.size + size > WORD_CACHE_BYTES) return;
    entry->word_size = (uint8_t)word.size;
    entry->term_size = (uint8_t)terms.term;
    entry->variant_size = (uint8_t)terms.variant;
    entry->has_humps = terms.has_humps;
    memcpy(entry->bytes, word.data, word.size);
    memcpy(entry->bytes + word.size, bytes, size);
}
