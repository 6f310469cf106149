/* near_miss.h - the known word closest to a misspelt one.
 *
 * For options, commands and folder names: a word is near if it is within a few
 * edits (insert, delete, substitute, transpose neighbours).
 */
#ifndef QUERN_BASE_NEAR_MISS_H
#define QUERN_BASE_NEAR_MISS_H

#include "common/base/span.h"

#include <stddef.h>

/* The edit distance of two words in bytes; `limit` + 1 if it is above limit,
 * or if a word has more than 63 bytes. */
size_t edit_distance(Span a, Span b, size_t limit);

/* The nearest candidate offered so far. Start with {.word = ...}. */
typedef struct NearMiss {
    const char *word;
    const char *best; /* borrowed; NULL: none was near */
    size_t best_distance;
} NearMiss;

void near_miss_offer(NearMiss *search, const char *candidate);

#endif
