/* text_matches.c - where a text matches the query.
 *
 * Tokens of a single word or a pattern are matches at once. Tokens that may
 * fill a slot of a phrase are kept aside with a base, their position minus the
 * slot's offset in the phrase: all words of an exact occurrence have the same
 * base, and those of a sloppy one differ by at most the slop. So, sorted by
 * base, an occurrence is a window in which every slot occurs, and all tokens in
 * such windows are matches. (A token that may fill two slots of a sloppy phrase
 * counts for both; Lucene would require two tokens.)
 */
#include "searcher/snippet/text_matches.h"

#include <stdlib.h>

/* In a longer text, reading stops once every word of the query was found. */
enum { READ_ENOUGH = 1 << 20 };

/* Also once the matches take this much memory. */
static const size_t MATCHES_MAX_BYTES = 64 << 20;

/* A token that may fill a slot of a phrase. */
typedef struct PhraseSlot {
    int64_t base; /* position minus the offset in the phrase */
    uint32_t slot;
    Match match;
} PhraseSlot;

Status text_matches_open(TextMatches *matches, const Analyzer *analyzer,
                         Error *error)
{
    *matches = (TextMatches){0};
    return token_stream_new(analyzer, &matches->tokens, error);
}

void text_matches_close(TextMatches *matches)
{
    token_stream_free(matches->tokens);
    buf_release(&matches->matches);
    buf_release(&matches->phrase_slots);
    buf_release(&matches->counts);
    *matches = (TextMatches){0};
}

/* Counts set to 0; NULL if memory ran out. */
static uint32_t *clear_counts(TextMatches *matches, size_t count)
{
    buf_clear(&matches->counts);
    buf_put_zeros(&matches->counts, (count + 1) * sizeof(uint32_t));
    if (matches->counts.status != OK) return NULL;
    return (uint32_t *)(void *)matches->counts.data;
}

/* Whether the word counts in this field of a document. */
static bool counts_in(const MatchedWord *word, QueryField field)
{
    return word->field == FIELD_ANY || word->field == field;
}

/* Records the uses of a token. */
static void take_token(TextMatches *matches, const MatchedTerms *terms,
                       QueryField field, const Token *token)
{
    uint32_t next = matched_terms_find(terms, token->term);
    while (next != NO_USE) {
        const TermUse *use = &matched_uses(terms)[next];
        const MatchedWord *word = &matched_words(terms)[use->word];
        Match match = {token->start, token->end, token->position, use->word};
        next = use->next;
        if (!counts_in(word, field)) continue;
        if (word->slot_count > 1) {
            PhraseSlot slot = {(int64_t)token->position - use->offset,
                               use->slot, match};
            buf_put(&matches->phrase_slots, &slot, sizeof slot);
        } else {
            buf_put(&matches->matches, &match, sizeof match);
        }
    }
}

/* Reads to the end of the text (*ended) or to a token that ends after `enough`.
 */
static Status read_tokens(TextMatches *matches, const MatchedTerms *terms,
                          QueryField field, size_t enough, bool *ended,
                          Error *error)
{
    for (;;) {
        size_t count = 0;
        const Token *tokens = token_stream_batch(matches->tokens, &count);
        *ended = count == 0;
        if (*ended) break;
        for (size_t i = 0; i < count; i++) {
            take_token(matches, terms, field, &tokens[i]);
        }
        if (tokens[count - 1].end > enough) break;
        *ended = matches->matches.size + matches->phrase_slots.size >
                 MATCHES_MAX_BYTES;
        if (*ended) break;
    }
    if (token_stream_status(matches->tokens) != OK) {
        return fail_memory(error, "cutting a text");
    }
    return buf_check(&matches->phrase_slots, "making a snippet", error);
}

static int by_base(const void *left, const void *right)
{
    const PhraseSlot *a = left, *b = right;
    if (a->match.word != b->match.word) {
        return a->match.word < b->match.word ? -1 : 1;
    }
    return (a->base > b->base) - (a->base < b->base);
}

/* Appends the tokens of one phrase that are in windows with all of its slots.
 */
static void keep_occurrences(TextMatches *matches, const PhraseSlot *slots,
                             size_t count, const MatchedWord *phrase,
                             uint32_t *counts)
{
    size_t left = 0, kept = 0; /* slots before `kept` are matches already */
    uint32_t distinct = 0;
    for (size_t right = 0; right < count; right++) {
        distinct += counts[slots[right].slot]++ == 0;
        while (slots[right].base - slots[left].base > phrase->slop) {
            distinct -= --counts[slots[left++].slot] == 0;
        }
        if (distinct < phrase->slot_count) continue;
        for (kept = kept > left ? kept : left; kept <= right; kept++) {
            buf_put(&matches->matches, &slots[kept].match, sizeof(Match));
        }
    }
}

static int by_place_in_text(const void *left, const void *right)
{
    const Match *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

/* Appends the occurrences of all phrases. */
static Status put_occurrences(TextMatches *matches, const MatchedTerms *terms,
                              Error *error)
{
    PhraseSlot *slots = (PhraseSlot *)(void *)matches->phrase_slots.data;
    size_t count = matches->phrase_slots.size / sizeof *slots;
    if (count) qsort(slots, count, sizeof *slots, by_base);
    for (size_t from = 0, to; from < count; from = to) {
        uint32_t word = slots[from].match.word;
        for (to = from; to < count && slots[to].match.word == word;) to++;
        const MatchedWord *phrase = &matched_words(terms)[word];
        uint32_t *counts = clear_counts(matches, phrase->slot_count);
        if (!counts) return fail_memory(error, "making a snippet");
        keep_occurrences(matches, slots + from, to - from, phrase, counts);
    }
    return buf_check(&matches->matches, "making a snippet", error);
}

/* Whether every word that counts in this field has a match; false if memory ran
 * out. */
static bool shows_all(TextMatches *matches, const MatchedTerms *terms,
                      QueryField field)
{
    size_t words = matched_word_count(terms), missing = 0;
    uint32_t *counts = clear_counts(matches, words);
    if (!counts) return false;
    const Match *items = text_matches_items(matches);
    for (size_t i = 0; i < text_matches_count(matches); i++) {
        counts[items[i].word]++;
    }
    for (size_t i = 0; i < words; i++) {
        missing += !counts[i] && counts_in(&matched_words(terms)[i], field);
    }
    return missing == 0;
}

/* They are out of order after phrases, and where a compound is made of words
 * with parts of their own. */
static void sort_matches(TextMatches *matches)
{
    Match *items = (Match *)(void *)matches->matches.data;
    size_t count = text_matches_count(matches);
    for (size_t i = 1; i < count; i++) {
        if (by_place_in_text(&items[i - 1], &items[i]) <= 0) continue;
        qsort(items, count, sizeof *items, by_place_in_text);
        return;
    }
}

Status text_matches_find(TextMatches *matches, const MatchedTerms *terms,
                         QueryField field, Span text, Error *error)
{
    bool ended;
    buf_clear(&matches->matches);
    buf_clear(&matches->phrase_slots);
    token_stream_start(matches->tokens, text, TEXT_DOCUMENT);
    Status status = read_tokens(matches, terms, field, READ_ENOUGH, &ended,
                                error);
    size_t lone = matches->matches.size;
    if (status == OK) status = put_occurrences(matches, terms, error);
    if (status == OK && !ended && !shows_all(matches, terms, field)) {
        matches->matches.size = lone;
        status = read_tokens(matches, terms, field, SIZE_MAX, &ended, error);
        if (status == OK) status = put_occurrences(matches, terms, error);
    }
    if (status == OK) sort_matches(matches);
    return status;
}
