/* pair_tables.h - where the tables of the section pairs are, which follows from
 * the header alone (FORMAT.md, pairs). */
#ifndef QUERN_PAIRS_PAIR_TABLES_H
#define QUERN_PAIRS_PAIR_TABLES_H

#include "common/segment/segment_internal.h"

typedef struct PairTables {
    const uint8_t *words;   /* u32 each: ordinals of frequent words */
    const uint8_t *starts;  /* u32 each: first pair of a first word */
    const uint8_t *seconds; /* u16 each: index of the second word of a pair */
    const uint8_t *groups;  /* u64 each: where the records of 16 pairs are */
    const uint8_t *records;
    uint64_t records_start; /* in the section: the size of all before it */
} PairTables;

static inline PairTables pair_tables(const Segment *segment)
{
    uint64_t words = segment->pair_words, pairs = segment->pair_count;
    const uint8_t *start = segment->sections[SECTION_PAIRS].data;
    PairTables tables = {.words = start + PAIRS_HEADER_BYTES};
    tables.starts = tables.words + 4 * words;
    tables.seconds = tables.starts + 4 * (words + 1);
    tables.records_start = pair_tables_size(words, pairs);
    tables.records = start + tables.records_start;
    tables.groups = tables.records - 8 * (pair_group_count(pairs) + 1);
    return tables;
}

#endif
