/* near_miss.h - which known word somebody may have meant.
 *
 * For options, commands and names of folders: a word counts as near if few
 * edits (insert, delete, replace, swap of neighbours) lead to it.
 */
#ifndef QUERN_BASE_NEAR_MISS_H
#define QUERN_BASE_NEAR_MISS_H

#include "common/base/span.h"

#include <stddef.h>

/* Edits between two words in bytes; `limit` + 1 if more than limit. Words of
 * more than 63 bytes are never near. */
size_t edit_distance(Span a, Span b, size_t limit);

/* Keeps the nearest candidate offered so far. Start with {.word = ...}. */
typedef struct NearMiss {
    const char *word;
    const char *best; /* borrowed; NULL: nothing near */
    size_t best_distance;
} NearMiss;

void near_miss_offer(NearMiss *search, const char *candidate);

#endif
