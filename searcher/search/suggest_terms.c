/* suggest_terms.c - terms of an index that a misspelt word may have meant. */
#include "searcher/search/suggest_terms.h"

enum {
    MIN_CHARACTERS = 3, /* characters: shorter words are close to anything */
    LONG_WORD = 6,      /* characters: two edits leave most of it */
    ENOUGH_TERMS = 3,
    MIN_PREFIX = 4 /* characters */
};

static bool is_continuation(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

static size_t count_characters(Span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += !is_continuation(text.data[i]);
    }
    return count;
}

static bool has_term(const SuggestedTerms *out, Span text)
{
    for (size_t i = 0; i < out->count; i++) {
        if (span_equal(out->terms[i].text, text)) return true;
    }
    return false;
}

/* Inserts a term by df after the first `first` ones; the last is dropped if
 * there is no room. */
static void offer(SuggestedTerms *out, size_t first, const ExpandedTerm *term)
{
    if (has_term(out, term->text)) return;
    size_t at = out->count;
    while (at > first && out->terms[at - 1].df < term->df) at--;
    if (at == MAX_SUGGESTED_TERMS) return;
    if (out->count < MAX_SUGGESTED_TERMS) out->count++;
    for (size_t i = out->count - 1; i > at; i--) {
        out->terms[i] = out->terms[i - 1];
    }
    out->terms[at] = *term;
}

/* Offers the terms that a pattern matches, after the `first` ones. */
static Status offer_fitting(Index *index, const QueryNode *pattern,
                            size_t first, Arena *arena, SuggestedTerms *out,
                            size_t *found, Error *error)
{
    Expansion expansion;
    Status status = expansion_find(index, pattern, MAX_SUGGESTED_TERMS, arena,
                                   &expansion, error);
    if (status != OK) return status;
    for (size_t i = 0; i < expansion.count; i++) {
        offer(out, first, &expansion.terms[i]);
    }
    *found = expansion.count;
    return OK;
}

/* The word without its last character. */
static Span without_last(Span word)
{
    do word.size--;
    while (word.size && is_continuation(word.data[word.size]));
    return word;
}

/* Offers the terms with the longest prefix of the word that any term has. */
static Status offer_alike(Index *index, Span word, size_t characters,
                          Arena *arena, SuggestedTerms *out, Error *error)
{
    size_t found = 0;
    size_t min = characters / 2 > MIN_PREFIX ? characters / 2 : MIN_PREFIX;
    for (size_t left = characters - 1; left >= min && !found; left--) {
        word = without_last(word);
        QueryNode beginning = {
            .kind = QUERY_EXPANSION, .pattern = PATTERN_PREFIX, .term = word};
        Status status = offer_fitting(index, &beginning, 0, arena, out, &found,
                                      error);
        if (status != OK) return status;
    }
    return OK;
}

Status suggest_terms(Index *index, Span word, Arena *arena, SuggestedTerms *out,
                     Error *error)
{
    *out = (SuggestedTerms){0};
    size_t found, characters = count_characters(word);
    if (characters < MIN_CHARACTERS) return OK;
    QueryNode longer = {
        .kind = QUERY_EXPANSION, .pattern = PATTERN_PREFIX, .term = word};
    QueryNode fuzzy = {.kind = QUERY_EXPANSION,
                       .pattern = PATTERN_FUZZY,
                       .term = word,
                       .edits = 1};
    Status status = offer_fitting(index, &longer, 0, arena, out, &found, error);
    out->goes_on = status == OK && found > 0;
    if (status == OK) {
        status = offer_fitting(index, &fuzzy, 0, arena, out, &found, error);
    }
    if (status == OK && out->count < ENOUGH_TERMS && characters >= LONG_WORD) {
        fuzzy.edits = 2;
        status = offer_fitting(index, &fuzzy, out->count, arena, out, &found,
                               error);
    }
    if (status == OK && !out->count) {
        status = offer_alike(index, word, characters, arena, out, error);
    }
    return status;
}
