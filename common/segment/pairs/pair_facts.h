/* pair_facts.h - what the writer keeps of each pair until its sections are
 * written, and the bytes that this takes there. */
#ifndef QUERN_PAIRS_PAIR_FACTS_H
#define QUERN_PAIRS_PAIR_FACTS_H

#include "common/base/buf.h"
#include "common/segment/term_facts.h"

typedef struct PairFacts {
    uint16_t first, second;  /* indexes of the words */
    uint32_t champion_bytes; /* of its list of champions, 0: none */
    uint32_t champions;      /* number of that list */
    uint64_t list_bytes;     /* in the spool of its class */
    TermFacts facts;         /* offsets are of spools */
} PairFacts;

/* What the lists of a class begin and end at multiples of. */
static inline size_t pair_alignment(PostingsClass class)
{
    if (class_is_bitmap(class)) return BITMAP_ALIGNMENT;
    return class_has_directory(class) ? BLOCK_ALIGNMENT : 1;
}

/* Where the parts of a pair that are not in its record lie, in their units. */
typedef struct PairOffsets {
    uint32_t list, bounds;
} PairOffsets;

/* The record up to the streams of a short list. */
void pair_record_put(Buf *out, const TermFacts *facts,
                     const PairOffsets *offsets);

/* The bounds of each list that has them. */
uint64_t pair_bounds_bytes(uint32_t document_count);

/* The bytes of a pair's record, with the number before it that is their
 * count. */
uint64_t pair_record_bytes(const PairFacts *pair);

#endif
