/* edit_map_pairs.c - the values of pairs. */
#include "common/segment/pairs/pair_tables.h"
#include "common/segment/pairs/pairs.h"
#include "tests/fuzz/edit_map_internal.h"
#include "tests/fuzz/fuzz.h"

static Error error;

static void take_list_record(CellCursor *cursor, CellRef record, uint64_t tag,
                             uint64_t end)
{
    uint64_t kind = tag & RECORD_CLASS_MASK;
    take_varint(cursor, EDIT_PAIR_DF, record);
    if (!(tag & PAIR_TF_ONE)) take_varint(cursor, EDIT_PAIR_EXTRA_TF, record);
    take_fixed(cursor, EDIT_PAIR_MAX, 2);
    uint64_t levels = tag >> RECORD_KTH_SHIFT & RECORD_KTH_MASK;
    while (levels--) take_fixed(cursor, EDIT_PAIR_KTH, 2);
    if (kind == POSTINGS_SHORT) {
        take_fixed(cursor, EDIT_PAIR_WIDTH, 1);
        if (!(tag & PAIR_TF_ONE)) take_fixed(cursor, EDIT_PAIR_WIDTH, 1);
        take_bytes(cursor, EDIT_PAIR_STREAM, end - cursor->at, record);
        return;
    }
    if (kind == POSTINGS_BITMAP) {
        take_fixed(cursor, EDIT_PAIR_BITMAP_TF_BITS, 1);
        take_varint(cursor, EDIT_PAIR_EXCEPTION_COUNT, record);
    }
    take_fixed(cursor, EDIT_PAIR_OFFSET, 4);
    if (tag & RECORD_HAS_BOUNDS) take_fixed(cursor, EDIT_PAIR_OFFSET, 4);
}

static void take_record(CellCursor *cursor)
{
    uint64_t size = take_varint(cursor, EDIT_PAIR_RECORD_SIZE, NO_CELL);
    uint64_t end = cursor->at + size;
    CellRef record = cursor->last;
    uint64_t tag = take_fixed(cursor, EDIT_PAIR_TAG, 1);
    if ((tag & RECORD_CLASS_MASK) != POSTINGS_INLINE) {
        take_list_record(cursor, record, tag, end);
    } else {
        take_varint(cursor, EDIT_PAIR_DOCID, record);
        if (!(tag & PAIR_TF_ONE)) take_varint(cursor, EDIT_PAIR_TF, record);
    }
    PROMISE(cursor->at == end);
}

static void add_pair_lists(EditMap *map)
{
    PairWalk walk = {.segment = map->segment};
    Pair pair;
    Postings list;
    bool found = true;
    PROMISE(pairs_verify(map->segment, &error) == OK);
    for (;;) {
        PROMISE(pair_walk_next(&walk, &pair, &found, &error) == OK);
        if (!found) break;
        PROMISE(postings_open(map->segment, &pair.record, &list, &error) == OK);
        add_list(map, &list);
    }
    add_champions(map, SECTION_PAIR_CHAMPIONS);
}

void add_pair_cells(EditMap *map)
{
    const Segment *segment = map->segment;
    uint32_t words = segment->pair_words, pairs = segment->pair_count;
    if (words == 0) return;
    PairTables tables = pair_tables(segment);
    CellCursor cursor = {.map = map, .region = SECTION_PAIRS};
    take_fixed(&cursor, EDIT_PAIR_BLOCKS_START, 8);
    for (uint32_t i = 0; i < words; i++) take_fixed(&cursor, EDIT_PAIR_WORD, 4);
    for (uint32_t i = 0; i <= words; i++)
        take_fixed(&cursor, EDIT_PAIR_START, 4);
    for (uint32_t i = 0; i < pairs; i++)
        take_fixed(&cursor, EDIT_PAIR_SECOND, 2);
    while (cursor.at % 8) take_fixed(&cursor, EDIT_PAIR_ZERO, 1);
    while (cursor.at < tables.records_start)
        take_fixed(&cursor, EDIT_PAIR_GROUP, 8);
    for (uint32_t i = 0; i < pairs; i++) take_record(&cursor);
    add_pair_lists(map);
}
