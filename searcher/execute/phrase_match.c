/* phrase_match.c - how often a phrase stands in a document.
 *
 * Every word's positions are shifted so that words in their places have equal
 * values. An exact match is a value that all words have. A sloppy match is a
 * choice of one value for each word; its distance is the greatest less the
 * least (Lucene's SloppyPhraseMatcher: the least is moved forward as long as
 * it stays the least, then a match is counted if the distance allows).
 */
#include "searcher/execute/phrase_match.h"

#include "common/segment/documents.h"

#include <stdlib.h>

static const uint32_t *values_of(const MatchWord *word)
{
    return (const uint32_t *)(const void *)word->values.data;
}

static Status open_word(MatchWord *word, size_t segment_number,
                        const Plan *plan, ListCursor *cursors, Error *error)
{
    Segment *segment = plan->index->segments[segment_number];
    word->cursors = cursors;
    word->positions = arena_zeroed(plan->arena, word->term_count,
                                   sizeof *word->positions);
    if (!word->positions) return fail_memory(error, "matching a phrase");
    for (size_t i = 0; i < word->term_count; i++) {
        const Postings *list = &word->terms[i]->lists[segment_number];
        if (!list->df) continue;
        Status status = positions_open(segment, list, &word->positions[i],
                                       error);
        if (status != OK) return status;
    }
    return OK;
}

static bool words_repeat(const PhraseMatcher *matcher)
{
    for (size_t i = 0; i < matcher->word_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (span_equal(matcher->words[i].terms[0]->text,
                           matcher->words[j].terms[0]->text)) {
                return true;
            }
        }
    }
    return false;
}

/* A phrase has words; a word in a part is a phrase of one. */
static Status take_words(PhraseMatcher *matcher, const PlanNode *node,
                         Arena *arena, Error *error)
{
    bool phrase = node->kind == PLAN_PHRASE;
    matcher->word_count = phrase ? node->word_count : 1;
    matcher->words = arena_zeroed(arena, matcher->word_count,
                                  sizeof *matcher->words);
    if (!matcher->words) return fail_memory(error, "matching a phrase");
    uint32_t last = phrase ? node->words[node->word_count - 1].position : 0;
    for (size_t i = 0; i < matcher->word_count; i++) {
        MatchWord *word = &matcher->words[i];
        word->terms = phrase ? node->words[i].terms : node->terms;
        word->term_count = phrase ? node->words[i].term_count
                                  : node->term_count;
        word->shift = phrase ? last - node->words[i].position : 0;
    }
    return OK;
}

Status phrase_matcher_init(PhraseMatcher *matcher, const PlanNode *node,
                           size_t segment, const Plan *plan,
                           ListCursor *cursors, Error *error)
{
    *matcher = (PhraseMatcher){.slop = node->slop, .part = node->part};
    Status status = take_words(matcher, node, plan->arena, error);
    for (size_t i = 0; status == OK && i < matcher->word_count; i++) {
        status = open_word(&matcher->words[i], segment, plan, cursors, error);
        cursors += matcher->words[i].term_count;
    }
    if (status == OK && matcher->part != PART_ANY) {
        status = document_parts(plan->index->segments[segment], &matcher->parts,
                                &matcher->parts_width, error);
    }
    if (status == OK) {
        matcher->has_repeats = matcher->slop && words_repeat(matcher);
    }
    return status;
}

void phrase_matcher_release(PhraseMatcher *matcher)
{
    for (size_t i = 0; matcher->words && i < matcher->word_count; i++) {
        buf_release(&matcher->words[i].values);
    }
}

/* Adds the positions of one term in the document to the word's values. */
static void add_positions(MatchWord *word, size_t term, uint32_t docid)
{
    ListCursor *cursor = &word->cursors[term];
    Positions *positions = &word->positions[term];
    if (!positions->list || !list_cursor_find(cursor, docid)) return;
    uint32_t tf = list_cursor_tf(cursor);
    uint8_t *at = buf_reserve(&word->values, (size_t)tf * sizeof(uint32_t));
    if (!at) return;
    uint32_t count = positions_get(positions, cursor->number,
                                   (uint32_t *)(void *)at, tf);
    word->values.size += (size_t)count * sizeof(uint32_t);
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void shift_word(MatchWord *word)
{
    uint32_t *values = (uint32_t *)(void *)word->values.data;
    uint32_t shift = word->shift;
    for (uint32_t i = 0; i < word->count; i++) values[i] += shift;
}

/* Keeps the positions inside the part, and shifts them. */
static void trim_word(const PhraseMatcher *matcher, MatchWord *word,
                      uint32_t docid)
{
    uint32_t *values = (uint32_t *)(void *)word->values.data;
    uint32_t first = 0, end = UINT32_MAX, kept = 0;
    uint32_t border = matcher->parts ? part_end(matcher->parts,
                                                matcher->parts_width, docid)
                                     : 0;
    if (matcher->part == PART_TITLE) end = border;
    if (matcher->part == PART_TEXT) first = border;
    for (uint32_t i = 0; i < word->count; i++) {
        if (values[i] >= first && values[i] < end) {
            values[kept++] = values[i] + word->shift;
        }
    }
    word->count = kept;
}

/* Fetches a word's positions; whether there are any. */
static bool load_word(PhraseMatcher *matcher, MatchWord *word, uint32_t docid)
{
    buf_clear(&word->values);
    for (size_t i = 0; i < word->term_count; i++) {
        add_positions(word, i, docid);
    }
    if (word->values.status != OK) matcher->failed = true;
    word->count = (uint32_t)(word->values.size / sizeof(uint32_t));
    if (word->term_count > 1 && word->count) {
        qsort(word->values.data, word->count, sizeof(uint32_t), ascending);
    }
    if (matcher->part == PART_ANY) {
        if (word->shift) shift_word(word);
    } else {
        trim_word(matcher, word, docid);
    }
    word->at = 0;
    return word->count > 0;
}

/* The first place at or behind `at` with a value not below `value`. Halves
 * without a branch: which half cannot be foreseen. */
static uint32_t find_value(const MatchWord *word, uint32_t at, uint32_t value)
{
    const uint32_t *values = values_of(word);
    for (uint32_t left = word->count - at; left > 0;) {
        uint32_t half = (left + 1) / 2;
        at += values[at + half - 1] < value ? half : 0;
        left -= half;
    }
    return at;
}

/* Keeps of `values` those that the word has too; how many. Values that are few
 * beside the word's are searched among them. */
static uint32_t keep_common(uint32_t *values, uint32_t count,
                            const MatchWord *word)
{
    enum { MANY = 8 };
    const uint32_t *others = values_of(word);
    bool search = word->count / MANY > count;
    uint32_t kept = 0, j = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (search) j = find_value(word, j, values[i]);
        while (j < word->count && others[j] < values[i]) j++;
        if (j == word->count) break;
        if (others[j] == values[i]) values[kept++] = values[i];
    }
    return kept;
}

/* The word with the fewest positions in the document. */
static MatchWord *rarest_word(PhraseMatcher *matcher)
{
    MatchWord *rarest = &matcher->words[0];
    for (size_t i = 1; i < matcher->word_count; i++) {
        if (matcher->words[i].count < rarest->count) {
            rarest = &matcher->words[i];
        }
    }
    return rarest;
}

static float exact_frequency(PhraseMatcher *matcher)
{
    MatchWord *first = rarest_word(matcher);
    uint32_t *values = (uint32_t *)(void *)first->values.data;
    uint32_t count = first->count;
    for (size_t i = 0; count && i < matcher->word_count; i++) {
        if (&matcher->words[i] == first) continue;
        count = keep_common(values, count, &matcher->words[i]);
    }
    return (float)count;
}

static uint32_t value_at(const MatchWord *word)
{
    return values_of(word)[word->at];
}

/* Whether a stands before b: by value, then by place in the phrase. */
static bool stands_before(const MatchWord *a, const MatchWord *b)
{
    uint32_t x = value_at(a), y = value_at(b);
    return x != y ? x < y : a->shift > b->shift;
}

/* The least word, `except` left out. */
static MatchWord *least_word(PhraseMatcher *matcher, const MatchWord *except)
{
    MatchWord *least = NULL;
    for (size_t i = 0; i < matcher->word_count; i++) {
        MatchWord *word = &matcher->words[i];
        if (word == except) continue;
        if (!least || stands_before(word, least)) least = word;
    }
    return least;
}

/* Moves a word forward; *end is the greatest value of all. */
static bool advance(MatchWord *word, uint32_t *end)
{
    if (++word->at >= word->count) return false;
    if (value_at(word) > *end) *end = value_at(word);
    return true;
}

/* Another word of the same term on the same position of the document. */
static MatchWord *colliding(PhraseMatcher *matcher, const MatchWord *word)
{
    for (size_t i = 0; i < matcher->word_count; i++) {
        MatchWord *other = &matcher->words[i];
        if (other != word &&
            value_at(other) - other->shift == value_at(word) - word->shift &&
            span_equal(other->terms[0]->text, word->terms[0]->text)) {
            return other;
        }
    }
    return NULL;
}

/* Moves colliding words apart, always the lesser of two. */
static bool settle_collisions(PhraseMatcher *matcher, MatchWord *word,
                              uint32_t *end)
{
    MatchWord *other;
    while (matcher->has_repeats && (other = colliding(matcher, word))) {
        if (stands_before(other, word)) word = other;
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
        if (!settle_collisions(matcher, &matcher->words[i], end)) return false;
    }
    return true;
}

static float sloppy_frequency(PhraseMatcher *matcher)
{
    uint32_t end, slop = matcher->slop;
    float frequency = 0.0f;
    if (!place_first(matcher, &end)) return 0.0f;
    for (;;) {
        MatchWord *word = least_word(matcher, NULL);
        uint32_t distance = end - value_at(word);
        uint32_t next = value_at(least_word(matcher, word));
        bool more;
        while ((more = advance(word, &end) &&
                       settle_collisions(matcher, word, &end)) &&
               value_at(word) <= next) {
            uint32_t shorter = end - value_at(word);
            if (shorter < distance) distance = shorter;
        }
        if (distance <= slop) frequency += 1.0f / (1.0f + (float)distance);
        if (!more) return frequency;
    }
}

float phrase_matcher_frequency(PhraseMatcher *matcher, uint32_t docid)
{
    for (size_t i = 0; i < matcher->word_count; i++) {
        if (!load_word(matcher, &matcher->words[i], docid)) return 0.0f;
    }
    return matcher->slop ? sloppy_frequency(matcher) : exact_frequency(matcher);
}
