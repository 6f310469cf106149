/* pair_sections.h - what pairs_writer keeps of each pair until its sections are
 * written. */
#ifndef QUERN_PAIRS_PAIR_SECTIONS_H
#define QUERN_PAIRS_PAIR_SECTIONS_H

#include "common/segment/pairs/pairs_writer.h"

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

/* The bounds of each list that has them. */
uint64_t pair_bounds_bytes(uint32_t document_count);

/* The bytes of a pair's record, with the number before it that is their
 * count. */
uint64_t pair_record_bytes(const PairFacts *pair);

/* All of min_df or more; `df` is that. */
PairLevel pairs_writer_sum(const PairsWriter *writer, uint32_t min_df);

#endif
