/* word_cache.c - caches the terms of words. */
#include "common/text/word_cache.h"

#include "common/base/hash.h"

_Static_assert(sizeof(WordEntry) == 64, "an entry is a cache line");

WordEntry *word_cache_entry(WordCache *self, Span word)
{
    return &self->entries[hash_key(word) % WORD_CACHE_ENTRIES];
}

static void put(WordEntry *entry, size_t at, Span bytes)
{
    if (bytes.size) memcpy(entry->bytes + at, bytes.data, bytes.size);
}

void word_entry_set(WordEntry *entry, Span word, Span term, Span variant)
{
    if (word.size + term.size + variant.size > WORD_CACHE_BYTES) return;
    entry->word_size = (uint8_t)word.size;
    entry->term_size = (uint8_t)term.size;
    entry->variant_size = (uint8_t)variant.size;
    put(entry, 0, word);
    put(entry, word.size, term);
    put(entry, word.size + term.size, variant);
}
