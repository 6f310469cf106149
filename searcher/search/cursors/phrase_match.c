/* phrase_match.c - how often a phrase occurs in a document.
 *
 * Positions of a word are compared after adding its shift, so that in a match
 * all words have the same value. An exact match is a value that all words have.
 * A sloppy match is one value for each word; its distance is the maximum minus
 * the minimum (Lucene's SloppyPhraseMatcher: the word with the minimum advances
 * while it stays the minimum, then a match is counted if the distance is within
 * the slop).
 *
 * Repeated terms share their positions, of which there must be as many, and as
 * close together, as in the phrase: documents that cannot contain a long phrase
 * of few distinct words are rejected early.
 */
#include "searcher/search/cursors/phrase_match.h"

#include "common/segment/documents/documents.h"
#include "searcher/search/cursors/adjacent.h"

#include <stdlib.h>

/* In place of a docid: the postings have been found. */
static const uint32_t FOUND = DOCID_NONE;

static Status open_word(MatchWord *word, size_t segment_index, const Plan *plan,
                        ListCursor *cursors, Error *error)
{
    Segment *segment = plan->index->segments[segment_index];
    word->cursors = cursors;
    word->positions = arena_zeroed(plan->arena, word->term_count,
                                   sizeof *word->positions);
    if (!word->positions) return fail_memory(error, "matching a phrase");
    for (size_t i = 0; i < word->term_count; i++) {
        const Postings *list = &word->terms[i]->lists[segment_index];
        if (!list->df) continue;
        Status status = positions_open(segment, list, &word->positions[i],
                                       error);
        if (status != OK) return status;
    }
    return OK;
}

/* Lets a repeated term share the first occurrence's positions. */
static void find_repeats(PhraseMatcher *matcher, const PlanNode *node)
{
    MatchWord *words = matcher->words;
    for (uint32_t i = 0; i < matcher->word_count; i++) {
        MatchWord *word = &words[i];
        uint32_t first = node->word_count ? node->words[i].first : 0;
        word->group = first;
        word->copies = 1;
        if (first == i) continue;
        matcher->has_repeats = true;
        MatchWord *original = &words[first];
        if (word->term_count > 1 || original->term_count > 1) continue;
        word->repeat_of = original;
        original->copies++;
        original->spread = original->shift - word->shift;
    }
}

static uint64_t df_of(const MatchWord *word, size_t segment)
{
    uint64_t df = 0;
    for (size_t i = 0; i < word->term_count; i++)
        df += word->terms[i]->lists[segment].df;
    return df;
}

/* The rarest first; equal ones, which may be the same term, in their order.
 * Phrases are short enough for an insertion sort. */
static void order_words(PhraseMatcher *matcher, size_t segment)
{
    for (size_t i = 0; i < matcher->word_count; i++) {
        MatchWord *word = &matcher->words[i];
        word->df = df_of(word, segment);
        size_t at = i;
        for (; at && matcher->order[at - 1]->df > word->df; at--)
            matcher->order[at] = matcher->order[at - 1];
        matcher->order[at] = word;
    }
}

/* A word limited to a field is matched as a phrase of one word. */
static Status take_words(PhraseMatcher *matcher, const PlanNode *node,
                         Arena *arena, Error *error)
{
    bool phrase = node->kind == PLAN_PHRASE;
    matcher->word_count = phrase ? node->word_count : 1;
    matcher->words = arena_zeroed(arena, matcher->word_count,
                                  sizeof *matcher->words);
    matcher->order = arena_alloc(arena,
                                 matcher->word_count * sizeof *matcher->order);
    if (!matcher->words || !matcher->order)
        return fail_memory(error, "matching a phrase");
    uint32_t last = phrase ? node->words[node->word_count - 1].position : 0;
    for (size_t i = 0; i < matcher->word_count; i++) {
        MatchWord *word = &matcher->words[i];
        word->terms = phrase ? node->words[i].terms : node->terms;
        word->term_count = phrase ? node->words[i].term_count
                                  : node->term_count;
        word->shift = phrase ? last - node->words[i].position : 0;
    }
    find_repeats(matcher, node);
    return OK;
}

/* An exact phrase of different single terms, anywhere in a document. */
static bool is_plain(const PhraseMatcher *matcher)
{
    bool plain = matcher->word_count > 1 && !matcher->slop &&
                 !matcher->has_repeats && matcher->field == FIELD_ANY;
    for (size_t i = 0; plain && i < matcher->word_count; i++)
        plain = matcher->words[i].term_count == 1;
    return plain;
}

Status phrase_matcher_init(PhraseMatcher *matcher, const PlanNode *node,
                           size_t segment, const Plan *plan,
                           ListCursor *cursors, Error *error)
{
    *matcher = (PhraseMatcher){.slop = node->slop, .field = node->field};
    Status status = take_words(matcher, node, plan->arena, error);
    if (status == OK) {
        order_words(matcher, segment);
        matcher->is_plain = is_plain(matcher);
    }
    for (size_t i = 0; status == OK && i < matcher->word_count; i++) {
        MatchWord *word = &matcher->words[i];
        if (!word->repeat_of) {
            status = open_word(word, segment, plan, cursors, error);
        }
        cursors += word->term_count;
    }
    if (status == OK && matcher->field != FIELD_ANY) {
        status = document_title_ends(plan->index->segments[segment],
                                     &matcher->title_ends,
                                     &matcher->title_ends_width, error);
    }
    return status;
}

void phrase_matcher_release(PhraseMatcher *matcher)
{
    for (size_t i = 0; matcher->words && i < matcher->word_count; i++) {
        buf_release(&matcher->words[i].own);
    }
    buf_release(&matcher->candidates);
}

/* Appends the positions of posting `ordinal` of a term to the word's values. */
static void take_positions(PhraseMatcher *matcher, MatchWord *word, size_t term,
                           uint32_t ordinal)
{
    Positions *positions = &word->positions[term];
    uint32_t tf = positions_count(positions, ordinal);
    matcher->held += tf;
    if (matcher->held > MATCHER_MAX_POSITIONS) {
        matcher->exceeded = true;
        return;
    }
    /* Kernels read whole vectors. */
    uint8_t *at = buf_reserve(&word->own,
                              ((size_t)tf + ADJACENT_ROOM) * sizeof(uint32_t));
    if (!at) return;
    uint32_t count = positions_get(positions, ordinal, (uint32_t *)(void *)at,
                                   tf);
    word->own.size += (size_t)count * sizeof(uint32_t);
}

/* The same for one term in the document. */
static void add_positions(PhraseMatcher *matcher, MatchWord *word, size_t term,
                          uint32_t docid)
{
    ListCursor *cursor = &word->cursors[term];
    if (word->positions[term].list && list_cursor_find(cursor, docid))
        take_positions(matcher, word, term, cursor->ordinal);
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* A position counts once, also if several terms of a prefix share it. */
static void drop_equal(MatchWord *word)
{
    uint32_t *values = (uint32_t *)(void *)word->own.data;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < word->count; i++)
        if (i == 0 || values[i] != values[i - 1]) values[kept++] = values[i];
    word->count = kept;
}

/* Keeps the positions inside the field. */
static void trim_word(const PhraseMatcher *matcher, MatchWord *word,
                      uint32_t docid)
{
    uint32_t *values = (uint32_t *)(void *)word->own.data;
    uint32_t first = 0, end = UINT32_MAX, kept = 0;
    uint32_t border = matcher->title_ends
                          ? title_end_of(matcher->title_ends,
                                         matcher->title_ends_width, docid)
                          : 0;
    if (matcher->field == FIELD_TITLE) end = border;
    if (matcher->field == FIELD_TEXT) first = border;
    for (uint32_t i = 0; i < word->count; i++) {
        if (values[i] >= first && values[i] < end) values[kept++] = values[i];
    }
    word->count = kept;
}

/* Whether the term occurs as often as in the phrase, and close enough together
 * for a match. */
static bool may_repeat(const PhraseMatcher *matcher, const MatchWord *word)
{
    uint32_t others = word->copies - 1;
    uint32_t most = word->spread + matcher->slop;
    if (others == 0) return word->count > 0;
    for (uint32_t i = others; i < word->count; i++) {
        if (word->values[i] - word->values[i - others] <= most) return true;
    }
    return false;
}

/* Reads a word's positions; false if there are too few for a match. docid
 * FOUND: those of its place. */
static bool load_word(PhraseMatcher *matcher, MatchWord *word, uint32_t docid)
{
    word->at = 0;
    if (word->repeat_of) {
        word->values = word->repeat_of->values;
        word->count = word->repeat_of->count;
        return true;
    }
    buf_clear(&word->own);
    if (docid == FOUND) {
        take_positions(matcher, word, 0, word->place->number);
    } else {
        for (size_t i = 0; i < word->term_count; i++)
            add_positions(matcher, word, i, docid);
    }
    if (word->own.status != OK) matcher->failed = true;
    word->count = (uint32_t)(word->own.size / sizeof(uint32_t));
    if (word->term_count > 1 && word->count) {
        qsort(word->own.data, word->count, sizeof(uint32_t), ascending);
        if (matcher->word_count > 1) drop_equal(word);
    }
    if (matcher->field != FIELD_ANY) trim_word(matcher, word, docid);
    word->values = (const uint32_t *)(const void *)word->own.data;
    return may_repeat(matcher, word);
}

/* The word's positions, to be reduced; NULL if memory ran out. */
static uint32_t *candidates_of(PhraseMatcher *matcher, const MatchWord *word)
{
    buf_clear(&matcher->candidates);
    buf_put(&matcher->candidates, word->values,
            word->count * sizeof *word->values);
    if (matcher->candidates.status != OK) matcher->failed = true;
    return matcher->failed ? NULL
                           : (uint32_t *)(void *)matcher->candidates.data;
}

/* Reads the positions of the rarest words first, and only as many words as it
 * takes to see that there is no match. */
static float exact_frequency(PhraseMatcher *matcher, uint32_t docid)
{
    bool skips = docid == FOUND;
    size_t i = 0;
    while (skips && matcher->order[i]->is_implied) i++;
    MatchWord *first = matcher->order[i];
    if (!load_word(matcher, first, docid)) return 0.0f;
    if (matcher->word_count == 1) return (float)first->count;
    uint32_t *values = candidates_of(matcher, first);
    uint32_t count = values ? first->count : 0;
    while (count && ++i < matcher->word_count) {
        MatchWord *word = matcher->order[i];
        if (skips && word->is_implied) continue;
        if (!load_word(matcher, word, docid)) return 0.0f;
        count = adjacent_keep(values, count, first->shift, word->values,
                              word->count, word->shift);
    }
    return (float)count;
}

static uint32_t value_at(const MatchWord *word)
{
    return word->values[word->at] + word->shift;
}

/* Order of words: by value, then by position in the phrase. */
static bool is_before(const MatchWord *a, const MatchWord *b)
{
    uint32_t x = value_at(a), y = value_at(b);
    return x != y ? x < y : a->shift > b->shift;
}

/* The first word in that order other than `except`. */
static MatchWord *min_word(PhraseMatcher *matcher, const MatchWord *except)
{
    MatchWord *min = NULL;
    for (size_t i = 0; i < matcher->word_count; i++) {
        MatchWord *word = &matcher->words[i];
        if (word == except) continue;
        if (!min || is_before(word, min)) min = word;
    }
    return min;
}

/* Advances a word to its next position; *end is the maximum value of all words.
 */
static bool advance(MatchWord *word, uint32_t *end)
{
    if (++word->at >= word->count) return false;
    if (value_at(word) > *end) *end = value_at(word);
    return true;
}

/* Another word of the same term at the same position of the document. */
static MatchWord *colliding(PhraseMatcher *matcher, const MatchWord *word)
{
    for (size_t i = 0; i < matcher->word_count; i++) {
        MatchWord *other = &matcher->words[i];
        if (other != word && other->group == word->group &&
            other->values[other->at] == word->values[word->at]) {
            return other;
        }
    }
    return NULL;
}

/* Moves colliding words apart: always the first of two. */
static bool resolve_collisions(PhraseMatcher *matcher, MatchWord *word,
                               uint32_t *end)
{
    MatchWord *other;
    while (matcher->has_repeats && (other = colliding(matcher, word))) {
        if (is_before(other, word)) word = other;
        if (!advance(word, end)) return false;
    }
    return true;
}

static bool place_first(PhraseMatcher *matcher, uint32_t *end)
{
    *end = 0;
    for (size_t i = 0; i < matcher->word_count; i++) {
        if (value_at(&matcher->words[i]) > *end) {
            *end = value_at(&matcher->words[i]);
        }
    }
    for (size_t i = 0; i < matcher->word_count; i++) {
        if (!resolve_collisions(matcher, &matcher->words[i], end)) return false;
    }
    return true;
}

static float sloppy_frequency(PhraseMatcher *matcher)
{
    uint32_t end, slop = matcher->slop;
    float frequency = 0.0f;
    if (!place_first(matcher, &end)) return 0.0f;
    for (;;) {
        MatchWord *word = min_word(matcher, NULL);
        uint32_t distance = end - value_at(word);
        uint32_t next = value_at(min_word(matcher, word));
        bool more;
        while ((more = advance(word, &end) &&
                       resolve_collisions(matcher, word, &end)) &&
               value_at(word) <= next) {
            uint32_t shorter = end - value_at(word);
            if (shorter < distance) distance = shorter;
        }
        if (distance <= slop) frequency += 1.0f / (1.0f + (float)distance);
        if (!more) return frequency;
    }
}

/* Where the word's positions in a document are; false if it has none there. */
static bool find_place(const MatchWord *word, uint32_t docid,
                       PositionPlace *place)
{
    if (docid == FOUND) {
        *place = *word->place;
        return true;
    }
    ListCursor *cursor = word->cursors;
    if (!word->positions->list || !list_cursor_find(cursor, docid))
        return false;
    positions_find_group(word->positions, cursor->ordinal, place);
    positions_find_run(word->positions, place);
    return true;
}

/* A word has few positions in most documents: then without buffers that grow,
 * and compared by whole vectors. False if some word has more. */
static bool few_frequency(PhraseMatcher *matcher, uint32_t docid,
                          float *frequency)
{
    uint32_t values[POSITIONS_FEW], others[POSITIONS_FEW], count = 0;
    const MatchWord *first = NULL;
    *frequency = 0.0f;
    for (size_t i = 0; i < matcher->word_count; i++) {
        PositionPlace place;
        const MatchWord *word = matcher->order[i];
        if (docid == FOUND && word->is_implied) continue;
        if (!find_place(word, docid, &place)) return true;
        uint32_t tf = positions_get_few(word->positions, &place,
                                        first ? others : values);
        if (tf == 0) return false;
        count = first
                    ? adjacent_keep_few(values, count,
                                        first->shift - word->shift, others, tf)
                    : tf;
        if (!first) first = word;
        if (count == 0) return true;
    }
    *frequency = (float)count;
    return true;
}

float phrase_matcher_frequency(PhraseMatcher *matcher, uint32_t docid)
{
    float few;
    if (matcher->is_plain && few_frequency(matcher, docid, &few)) return few;
    matcher->held = 0;
    if (!matcher->slop) return exact_frequency(matcher, docid);
    for (size_t i = 0; i < matcher->word_count; i++) {
        if (!load_word(matcher, &matcher->words[i], docid)) return 0.0f;
    }
    return sloppy_frequency(matcher);
}

float phrase_matcher_frequency_found(PhraseMatcher *matcher)
{
    float frequency;
    if (matcher->is_plain && few_frequency(matcher, FOUND, &frequency))
        return frequency;
    matcher->held = 0;
    return exact_frequency(matcher, FOUND);
}
