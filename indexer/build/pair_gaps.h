/* pair_gaps.h - the pairs of a source that it has no list of, because one of
 * the two words is not frequent in it.
 *
 * The positions of such words are few. Those next to them are marked in a table
 * of bits, so that of the positions of all other words only the neighbours are
 * looked at further.
 */
#ifndef QUERN_BUILD_PAIR_GAPS_H
#define QUERN_BUILD_PAIR_GAPS_H

#include "indexer/build/known_pairs.h"
#include "indexer/build/pair_sorter.h"

/* Puts the occurrences of the missing pairs of source number `source` into the
 * sorter, with the docids of the new segment. *too_many: there are more than
 * `max_positions` of rare words; what was put is not all. */
NODISCARD Status pair_gaps_find(const KnownPairs *known, size_t source,
                                size_t max_positions, PairSorter *sorter,
                                bool *too_many, Error *error);

#endif
