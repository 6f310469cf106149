/* pairs.h - lists of adjacent words: where "a b" is, and how often.
 *
 * In a segment with pairs every pair (a, b) of words that are both in at least
 * D documents (Segment.pair_min_df) has a list of the documents with a at some
 * position p and b at p + 1; tf counts these p. So two such words without a
 * list are nowhere next to each other. Pairs with a guarantee, decided from the
 * index alone: Transier and Sanders, Out of the Box Phrase Indexing (SPIRE
 * 2008).
 *
 * A pair's list is a Postings with `is_pair`: of every class, with max, k-th
 * values, bounds and champions as a word has them, but without positions, and
 * with Block.norms NULL: the norm code of a posting is in the section norms, by
 * docid. Bounds and champions are of the products tf * c with the pair's tf.
 * FORMAT.md, pairs.
 */
#ifndef QUERN_PAIRS_PAIRS_H
#define QUERN_PAIRS_PAIRS_H

#include "common/segment/postings/postings.h"

typedef enum PairPresence {
    PAIR_UNKNOWN, /* a word is in fewer than D documents, or no pairs here */
    PAIR_ABSENT,  /* the words are nowhere next to each other here */
    PAIR_STORED
} PairPresence;

/* The list of the words `first` and `second` (TermRecord.number), if *presence
 * becomes PAIR_STORED; verified as by postings_open. Needs O(log) steps.
 * Thread-safe. */
NODISCARD Status pairs_find(Segment *segment, uint32_t first, uint32_t second,
                            Postings *out, PairPresence *presence,
                            Error *error);

/* The number of frequent words and the ordinal of each (i < pair_words). Only
 * after pairs_verify. */
uint32_t pairs_word(const Segment *segment, uint32_t i);

/* Verifies the tables of the section. */
NODISCARD Status pairs_verify(Segment *segment, Error *error);

/* One pair of a walk; `record` as of a term. */
typedef struct Pair {
    uint32_t first, second; /* indexes of frequent words */
    TermRecord record;
} Pair;

/* All pairs in order of (first, second). Start with {.segment = ...} after
 * pairs_verify. */
typedef struct PairWalk {
    Segment *segment;
    uint32_t next;           /* number of the next pair */
    uint32_t first;          /* index of its first word, or less */
    const uint8_t *at, *end; /* the rest of its group */
} PairWalk;

/* The next pair; *found false after the last. */
NODISCARD Status pair_walk_next(PairWalk *walk, Pair *out, bool *found,
                                Error *error);

#endif
