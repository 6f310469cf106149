/* known_pairs.h - the pairs of segments that become one: most of its own.
 *
 * A segment has the list of every pair of two words that are frequent in it;
 * such lists need not be found in positions again. Which words are those of a
 * source is known here; what is not in lists is found by pair_gaps.h.
 */
#ifndef QUERN_BUILD_KNOWN_PAIRS_H
#define QUERN_BUILD_KNOWN_PAIRS_H

#include "common/base/arena.h"
#include "common/segment/pairs/pair_scan.h"
#include "common/segment/pairs/pairs.h"
#include "indexer/build/docid_map.h"

/* A list that is put together. */
typedef struct PairList {
    uint32_t *docids, *tfs; /* owned */
    uint32_t df, capacity;
} PairList;

void pair_list_release(PairList *list);
/* Room for `count` more; false without memory. */
NODISCARD bool pair_list_reserve(PairList *list, uint32_t count);

/* One of the segments. */
typedef struct KnownSource {
    const ListSource *source;
    uint16_t *words; /* owned: of each frequent word of the source its index
                        among those of the new segment, or NO_PAIR_WORD */
    uint8_t *known;  /* owned: 1 for each word that is frequent in it */
    PairWalk walk;
    Pair pair; /* the next one, if `found` */
    uint32_t code;
    bool found;
} KnownSource;

enum { NO_PAIR_WORD = UINT16_MAX };

typedef struct KnownPairs {
    KnownSource *sources; /* owned */
    size_t source_count;
    Arena arena;
    Span *terms; /* of the words, in the arena */
    uint32_t word_count;
} KnownPairs;

/* `merged` is the new segment with its terms. All is borrowed. Start with
 * {0}. */
NODISCARD Status known_pairs_open(KnownPairs *known, const ListSource *sources,
                                  size_t count, Segment *merged,
                                  const PairWord *words, uint32_t word_count,
                                  Error *error);
void known_pairs_release(KnownPairs *known); /* {0} is fine */

/* The next code that a source has a pair for; false: there are no more. */
bool known_pairs_next(const KnownPairs *known, uint32_t *code);

/* Appends the live documents of this pair, and goes on. */
NODISCARD Status known_pairs_take(KnownPairs *known, uint32_t code,
                                  PairList *out, Error *error);

#endif
