/* matched_terms.c - the terms of a query to highlight. */
#include "searcher/snippet/matched_terms.h"

#include "common/base/hash.h"

#include <stdlib.h>

/* Only the first words of a longer phrase are highlighted: in a phrase that
 * repeats a word, each token of a text would match many slots. */
enum { MIN_SLOTS = 64, MAX_PHRASE_WORDS = 64 };

/* The slot of the term, or an empty one; there is always an empty slot. */
static MatchedTerm *find_slot(const MatchedTerms *terms, Span term)
{
    size_t mask = terms->slot_count - 1;
    size_t i = (size_t)hash_key(term) & mask;
    while (terms->slots[i].term.data &&
           !span_equal(terms->slots[i].term, term)) {
        i = (i + 1) & mask;
    }
    return &terms->slots[i];
}

static void grow(MatchedTerms *terms)
{
    MatchedTerms larger = *terms;
    larger.slot_count = terms->slot_count ? 2 * terms->slot_count : MIN_SLOTS;
    larger.slots = calloc(larger.slot_count, sizeof *larger.slots);
    if (!larger.slots) {
        terms->status = ERR_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < terms->slot_count; i++) {
        const MatchedTerm *old = &terms->slots[i];
        if (old->term.data) *find_slot(&larger, old->term) = *old;
    }
    free(terms->slots);
    *terms = larger;
}

/* The term's slot, added if missing; NULL if memory ran out. */
static MatchedTerm *take_slot(MatchedTerms *terms, Span term)
{
    if (2 * (terms->used + 1) > terms->slot_count) grow(terms);
    if (terms->status != OK) return NULL;
    MatchedTerm *slot = find_slot(terms, term);
    if (slot->term.data) return slot;
    Span copy = arena_copy(&terms->arena, term);
    if (!copy.data) {
        terms->status = ERR_NO_MEMORY;
        return NULL;
    }
    *slot = (MatchedTerm){copy, NO_USE};
    terms->used++;
    return slot;
}

void matched_terms_clear(MatchedTerms *terms)
{
    arena_reset(&terms->arena);
    if (terms->used) {
        memset(terms->slots, 0, terms->slot_count * sizeof *terms->slots);
    }
    terms->used = 0;
    buf_clear(&terms->words);
    buf_clear(&terms->uses);
    terms->status = OK;
}

static void add_word(MatchedTerms *terms, const SearchTerm *term)
{
    MatchedWord word = {.weight = 1 + (uint64_t)(term->idf * 1024.0F),
                        .field = term->field,
                        .slot_count = term->slot_count < MAX_PHRASE_WORDS
                                          ? term->slot_count
                                          : MAX_PHRASE_WORDS,
                        .slop = term->slop};
    buf_put(&terms->words, &word, sizeof word);
}

void matched_terms_add(void *self, const SearchTerm *term)
{
    MatchedTerms *terms = self;
    if (term->slot >= MAX_PHRASE_WORDS) return;
    MatchedTerm *slot = take_slot(terms, term->text);
    if (!slot) return;
    if (term->word == matched_word_count(terms)) add_word(terms, term);
    TermUse use = {.word = term->word,
                   .slot = term->slot,
                   .offset = term->offset,
                   .next = slot->first_use};
    slot->first_use = (uint32_t)(terms->uses.size / sizeof use);
    buf_put(&terms->uses, &use, sizeof use);
    if (terms->words.status != OK) terms->status = terms->words.status;
    if (terms->uses.status != OK) terms->status = terms->uses.status;
}

uint32_t matched_terms_find(const MatchedTerms *terms, Span token)
{
    if (!terms->used) return NO_USE;
    const MatchedTerm *slot = find_slot(terms, token);
    return slot->term.data ? slot->first_use : NO_USE;
}

void matched_terms_release(MatchedTerms *terms)
{
    arena_release(&terms->arena);
    free(terms->slots);
    buf_release(&terms->words);
    buf_release(&terms->uses);
    *terms = (MatchedTerms){0};
}
