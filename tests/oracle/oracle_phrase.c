/* oracle_phrase.c - how often a phrase occurs in a document.
 *
 * Exact: a position p counts if each word w occurs at p + its own offset.
 *
 * With slop Lucene defines the count by a procedure (SloppyPhraseMatcher): a
 * pointer for each word, set to the word's first position; a pointer's distance
 * is its position minus the word's offset in the phrase, so that in an exact
 * match all distances are equal. The pointer with the minimum distance advances
 * until another has the minimum; the smallest spread on the way is the length
 * of a match, which counts 1 / (1 + length) if it is within the slop. A
 * repeated term must not use one position twice: of two pointers at the same
 * position, the one with the smaller distance advances.
 */
#include "tests/oracle/oracle_phrase.h"

typedef struct Pointer {
    const OraclePositions *positions;
    Span word;
    uint32_t offset; /* position of the word in the phrase */
    size_t next;     /* index of the next position */
    int64_t distance;
} Pointer;

typedef struct Sloppy {
    Pointer *pointers;
    size_t count;
    int64_t max; /* maximum distance so far */
} Sloppy;

static bool occurs_at(const OraclePositions *positions, uint32_t position)
{
    for (size_t i = 0; i < positions->count; i++) {
        if (positions->at[i] == position) return true;
    }
    return false;
}

static float exact_frequency(const QueryNode *phrase,
                             const OraclePositions *positions)
{
    uint32_t matches = 0;
    for (size_t i = 0; i < positions[0].count; i++) {
        size_t word = 1;
        while (word < phrase->word_count &&
               occurs_at(&positions[word],
                         positions[0].at[i] + phrase->words[word].position)) {
            word++;
        }
        matches += word == phrase->word_count;
    }
    return (float)matches;
}

static bool step(Pointer *pointer)
{
    if (pointer->next == pointer->positions->count) return false;
    pointer->distance = (int64_t)pointer->positions->at[pointer->next++] -
                        (int64_t)pointer->offset;
    return true;
}

static bool advance(Sloppy *sloppy, Pointer *pointer)
{
    if (!step(pointer)) return false;
    if (pointer->distance > sloppy->max) {
        sloppy->max = pointer->distance;
    }
    return true;
}

/* Order of pointers: by distance, then by offset. */
static bool lags(const Pointer *a, const Pointer *b)
{
    if (a->distance != b->distance) return a->distance < b->distance;
    return a->offset < b->offset;
}

/* The first pointer in that order other than `except`. */
static Pointer *last_of(const Sloppy *sloppy, const Pointer *except)
{
    Pointer *last = NULL;
    for (size_t i = 0; i < sloppy->count; i++) {
        Pointer *pointer = &sloppy->pointers[i];
        if (pointer == except) continue;
        if (!last || lags(pointer, last)) last = pointer;
    }
    return last;
}

/* Another pointer of the same term at the same position. */
static Pointer *colliding(const Sloppy *sloppy, const Pointer *pointer)
{
    int64_t position = pointer->distance + (int64_t)pointer->offset;
    for (size_t i = 0; i < sloppy->count; i++) {
        Pointer *other = &sloppy->pointers[i];
        if (other != pointer && span_equal(other->word, pointer->word) &&
            other->distance + (int64_t)other->offset == position) {
            return other;
        }
    }
    return NULL;
}

static bool keep_apart(Sloppy *sloppy, Pointer *pointer)
{
    Pointer *other;
    while ((other = colliding(sloppy, pointer))) {
        if (lags(other, pointer)) pointer = other;
        if (!advance(sloppy, pointer)) return false;
    }
    return true;
}

/* Sets every pointer to its first position; the n-th of a repeated term to its
 * n-th position. */
static bool place_pointers(Sloppy *sloppy)
{
    for (size_t i = 0; i < sloppy->count; i++) {
        Pointer *pointer = &sloppy->pointers[i];
        size_t steps = 1;
        for (size_t j = 0; j < i; j++) {
            steps += span_equal(sloppy->pointers[j].word, pointer->word);
        }
        while (steps--) {
            if (!step(pointer)) return false;
        }
    }
    sloppy->max = INT64_MIN;
    for (size_t i = 0; i < sloppy->count; i++) {
        if (sloppy->pointers[i].distance > sloppy->max) {
            sloppy->max = sloppy->pointers[i].distance;
        }
    }
    return true;
}

/* Advances the first pointer until another is first; false when its positions
 * are used up. *length is the minimum spread on the way. */
static bool next_length(Sloppy *sloppy, int64_t *length)
{
    Pointer *pointer = last_of(sloppy, NULL);
    int64_t second = last_of(sloppy, pointer)->distance;
    *length = sloppy->max - pointer->distance;
    while (advance(sloppy, pointer) && keep_apart(sloppy, pointer)) {
        if (pointer->distance > second) return true;
        int64_t spread = sloppy->max - pointer->distance;
        if (spread < *length) *length = spread;
    }
    return false;
}

static float sloppy_frequency(Sloppy *sloppy, uint32_t slop)
{
    float frequency = 0;
    bool more = place_pointers(sloppy);
    while (more) {
        int64_t length;
        more = next_length(sloppy, &length);
        if (length <= (int64_t)slop) {
            frequency += 1.0f / (1.0f + (float)length);
        }
    }
    return frequency;
}

float oracle_phrase_frequency(const QueryNode *phrase,
                              const OraclePositions *positions, Arena *arena)
{
    if (!phrase->slop) return exact_frequency(phrase, positions);
    Sloppy sloppy = {.count = phrase->word_count};
    sloppy.pointers = arena_zeroed(arena, phrase->word_count, sizeof(Pointer));
    if (!sloppy.pointers) return 0;
    for (size_t i = 0; i < phrase->word_count; i++) {
        sloppy.pointers[i].positions = &positions[i];
        sloppy.pointers[i].word = phrase->words[i].term;
        sloppy.pointers[i].offset = phrase->words[i].position;
    }
    return sloppy_frequency(&sloppy, phrase->slop);
}
