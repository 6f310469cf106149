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
} PairNeighbours;

/* Start with {0}. The words and their positions (pair_entry), in any order,
 * which may be changed; several words may share a position. */
NODISCARD Status pair_neighbours_find(PairNeighbours *out, uint64_t *entries,
                                      size_t count, Error *error);
void pair_neighbours_release(PairNeighbours *neighbours);

#endif
