/* matched_terms.c - the terms of a query that are to be highlighted. */
#include "searcher/output/matched_terms.h"

#include "common/base/hash.h"

#include <stdlib.h>

enum { FEWEST_SLOTS = 64, EXPANSIONS_WORD = 0 };

/* Where the term is or would be; there is always an empty slot. */
static MatchedTerm *find_slot(const MatchedTerms *terms, Span term)
{
    size_t mask = terms->slot_count - 1;
    size_t i = (size_t)hash_span(term) & mask;
    while (terms->slots[i].term.data &&
           !span_equal(terms->slots[i].term, term)) {
        i = (i + 1) & mask;
    }
    return &terms->slots[i];
}

static void grow(MatchedTerms *terms)
{
    MatchedTerms larger = *terms;
    larger.slot_count = terms->slot_count ? 2 * terms->slot_count
                                          : FEWEST_SLOTS;
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

static void add(MatchedTerms *terms, Span term, uint32_t word)
{
    if (2 * (terms->used + 1) > terms->slot_count) grow(terms);
    if (terms->status != OK || !term.size) return;
    MatchedTerm *slot = find_slot(terms, term);
    if (slot->term.data) return;
    Span copy = arena_copy(&terms->arena, term);
    if (!copy.data) {
        terms->status = ERR_NO_MEMORY;
        return;
    }
    *slot = (MatchedTerm){copy, word};
    terms->used++;
}

static void add_word(MatchedTerms *terms, Span term)
{
    size_t before = terms->used;
    add(terms, term, terms->word_count);
    if (terms->used > before) terms->word_count++;
}

static void add_prefix(MatchedTerms *terms, Span prefix)
{
    size_t room = sizeof terms->prefixes / sizeof *terms->prefixes;
    Span copy = arena_copy(&terms->arena, prefix);
    if (copy.size && terms->prefix_count < room) {
        terms->prefixes[terms->prefix_count++] = copy;
    }
}

static void add_phrase(MatchedTerms *terms, const QueryNode *node)
{
    for (size_t i = 0; i < node->word_count; i++) {
        if (node->words[i].is_prefix) {
            add_prefix(terms, node->words[i].term);
        } else {
            add_word(terms, node->words[i].term);
        }
    }
}

static void add_node(MatchedTerms *terms, const QueryNode *node)
{
    switch (node->kind) {
    case QUERY_NOTHING:
    case QUERY_EXPANSION: break;
    case QUERY_TERM: add_word(terms, node->term); break;
    case QUERY_PHRASE: add_phrase(terms, node); break;
    case QUERY_BOOLEAN:
        for (size_t i = 0; i < node->clause_count; i++) {
            if (node->clauses[i].occur == OCCUR_NOT) continue;
            add_node(terms, node->clauses[i].node);
        }
        break;
    }
}

void matched_terms_set(MatchedTerms *terms, const Query *query)
{
    arena_reset(&terms->arena);
    if (terms->used) {
        memset(terms->slots, 0, terms->slot_count * sizeof *terms->slots);
    }
    terms->used = 0;
    terms->prefix_count = 0;
    terms->word_count = EXPANSIONS_WORD + 1;
    terms->status = OK;
    add_node(terms, query->root);
}

void matched_terms_expand(void *terms, Span term)
{
    add(terms, term, EXPANSIONS_WORD);
}

uint32_t matched_terms_find(const MatchedTerms *terms, Span token)
{
    if (terms->slot_count) {
        const MatchedTerm *slot = find_slot(terms, token);
        if (slot->term.data) return slot->word;
    }
    for (size_t i = 0; i < terms->prefix_count; i++) {
        Span prefix = terms->prefixes[i];
        if (token.size >= prefix.size &&
            !memcmp(token.data, prefix.data, prefix.size)) {
            return EXPANSIONS_WORD;
        }
    }
    return NO_WORD;
}

void matched_terms_release(MatchedTerms *terms)
{
    arena_release(&terms->arena);
    free(terms->slots);
    *terms = (MatchedTerms){0};
}
