/* pair_neighbours.h - the adjacent words of one document. */
#ifndef QUERN_PAIRS_PAIR_NEIGHBOURS_H
#define QUERN_PAIRS_PAIR_NEIGHBOURS_H

#include "common/base/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct PairNeighbours {
    uint32_t *codes; /* owned: pair_code of each position p with a word at p
                        and one at p + 1 */
    size_t count, capacity;
    uint16_t *slots; /* owned: the word at each position, or none */
    size_t slot_count;
    uint64_t *sorted; /* owned: scratch */
    size_t sorted_capacity;
} PairNeighbours;

/* Start with {0}. The word at each position, in any order; several words may
 * share one. */
NODISCARD Status pair_neighbours_find(PairNeighbours *out,
                                      const uint32_t *positions,
                                      const uint16_t *words, size_t count,
                                      Error *error);
void pair_neighbours_release(PairNeighbours *neighbours);

#endif
