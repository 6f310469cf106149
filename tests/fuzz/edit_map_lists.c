/* edit_map_lists.c - the values of terms, of their lists, and of champions. */
#include "common/base/bytes.h"
#include "common/codec/block_codec.h"
#include "common/segment/positions/position_run.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/champions.h"
#include "common/segment/postings/postings_scan.h"
#include "tests/fuzz/edit_map_internal.h"
#include "tests/fuzz/fuzz.h"

static Error error;

static void take_keys(CellCursor *cursor, CellRef keys, uint64_t end)
{
    for (uint64_t start = cursor->at; cursor->at < end;) {
        if (cursor->at > start) take_varint(cursor, EDIT_KEY_SHARED, keys);
        uint64_t size = take_varint(cursor, EDIT_KEY_SIZE, keys);
        take_bytes(cursor, EDIT_KEY, size, cursor->last);
    }
}

static void take_inline_record(CellCursor *cursor, CellRef record, uint64_t tag)
{
    take_varint(cursor, EDIT_INLINE_DOCID, record);
    uint64_t tf = take_varint(cursor, EDIT_INLINE_TF, record);
    if (!(tag & RECORD_HAS_POSITIONS)) return;
    for (uint64_t i = 0; tf <= INLINE_POSITIONS && i < tf; i++) {
        take_varint(cursor, EDIT_INLINE_POSITION, record);
    }
    if (tf > INLINE_POSITIONS) {
        take_varint(cursor, EDIT_POSITIONS_OFFSET, record);
    }
}

static void take_record(CellCursor *cursor, CellRef record)
{
    uint64_t tag = take_fixed(cursor, EDIT_TAG, 1);
    uint64_t kind = tag & RECORD_CLASS_MASK;
    if (kind == POSTINGS_INLINE) {
        take_inline_record(cursor, record, tag);
        return;
    }
    take_varint(cursor, EDIT_DF, record);
    take_varint(cursor, EDIT_EXTRA_TF, record);
    take_varint(cursor, EDIT_POSTINGS_OFFSET, record);
    if (tag & RECORD_HAS_POSITIONS) {
        take_varint(cursor, EDIT_POSITIONS_OFFSET, record);
    }
    if (tag & RECORD_HAS_BOUNDS) {
        take_varint(cursor, EDIT_BOUNDS_OFFSET, record);
    }
    take_fixed(cursor, EDIT_MAX, 2);
    uint64_t levels = tag >> RECORD_KTH_SHIFT & RECORD_KTH_MASK;
    while (levels--) take_fixed(cursor, EDIT_KTH, 2);
    if (kind == POSTINGS_SHORT) {
        for (int i = 0; i < 3; i++) take_fixed(cursor, EDIT_SHORT_WIDTH, 1);
        take_fixed(cursor, EDIT_SHORT_NORM_MIN, 1);
    } else if (kind == POSTINGS_BITMAP) {
        take_fixed(cursor, EDIT_BITMAP_TF_BITS, 1);
        take_varint(cursor, EDIT_EXCEPTION_COUNT, record);
    }
}

static void take_block(CellCursor *cursor, uint64_t terms)
{
    take_varint(cursor, EDIT_POSTINGS_BASE, NO_CELL);
    take_varint(cursor, EDIT_POSITIONS_BASE, NO_CELL);
    take_varint(cursor, EDIT_BOUNDS_BASE, NO_CELL);
    uint64_t keys = take_varint(cursor, EDIT_KEYS_BYTES, NO_CELL);
    take_keys(cursor, cursor->last, cursor->at + keys);
    while (terms--) {
        uint64_t size = take_varint(cursor, EDIT_RECORD_SIZE, NO_CELL);
        uint64_t end = cursor->at + size;
        take_record(cursor, cursor->last);
        PROMISE(cursor->at == end);
    }
}

void add_term_cells(EditMap *map)
{
    uint64_t terms = map->segment->term_count;
    uint64_t blocks = (terms + TERM_BLOCK_TERMS - 1) / TERM_BLOCK_TERMS;
    uint64_t tops = (blocks + TERM_INDEX_STEP - 1) / TERM_INDEX_STEP;
    uint8_t index = SECTION_TERMS_INDEX;
    add_stream(map, index, EDIT_TOP_PREFIX, 0, 64, tops);
    add_stream(map, index, EDIT_PREFIX, 8 * tops, 64, blocks);
    add_stream(map, index, EDIT_TERMS_START, 8 * (tops + blocks), 64,
               blocks + 1);
    CellCursor cursor = {.map = map, .region = SECTION_TERMS};
    for (uint64_t left = terms; left > 0;) {
        uint64_t here = left < TERM_BLOCK_TERMS ? left : TERM_BLOCK_TERMS;
        take_block(&cursor, here);
        left -= here;
    }
}

static uint64_t place_of(const EditMap *map, SectionKind kind,
                         const void *pointer)
{
    return (uint64_t)((const uint8_t *)pointer -
                      map->segment->sections[kind].data);
}

static SectionKind section_of(const Postings *list)
{
    TermRecord record = {.is_pair = list->is_pair, .kind = list->kind};
    return list_section(&record);
}

static void add_postings_stream(EditMap *map, const Postings *list,
                                EditField field, const uint8_t *stream,
                                uint32_t bits, uint64_t count)
{
    SectionKind kind = section_of(list);
    add_stream(map, (uint8_t)kind, field, place_of(map, kind, stream), bits,
               count);
}

static void add_short(EditMap *map, const Postings *list)
{
    Block block = postings_block(list, 0);
    add_postings_stream(map, list, EDIT_SHORT_DELTA, block.docs, block.doc_bits,
                        block.count);
    add_postings_stream(map, list, EDIT_SHORT_TF, block.tfs, block.tf_bits,
                        block.count);
    if (list->is_pair) return;
    add_postings_stream(map, list, EDIT_SHORT_NORM, block.norms,
                        block.norm_bits, block.count);
}

static void add_block(EditMap *map, const Postings *list, uint32_t number)
{
    Block block = postings_block(list, number);
    const uint8_t *header = list->headers + BLOCK_HEADER_BYTES * number;
    add_postings_stream(map, list, EDIT_LAST_DOCID,
                        list->last_docids + 4 * number, 32, 1);
    add_postings_stream(map, list, EDIT_BLOCK_OFFSET, header, 32, 1);
    add_postings_stream(map, list, EDIT_BLOCK_WIDTH, header + BLOCK_DOC_BITS, 8,
                        3);
    add_postings_stream(map, list, EDIT_BLOCK_NORM_MIN, header + BLOCK_NORM_MIN,
                        8, 1);
    add_postings_stream(map, list, EDIT_BLOCK_BOUND, header + BLOCK_BOUND, 8,
                        1);
    add_postings_stream(map, list, EDIT_BLOCK_ZERO, header + BLOCK_BOUND + 1, 8,
                        3);
    add_postings_stream(map, list, EDIT_BLOCK_DELTA, block.docs, block.doc_bits,
                        block.count);
    add_postings_stream(map, list, EDIT_BLOCK_TF, block.tfs, block.tf_bits,
                        block.count);
    if (list->is_pair) return;
    add_postings_stream(map, list, EDIT_BLOCK_NORM, block.norms,
                        block.norm_bits, block.count);
}

static void add_bitmap(EditMap *map, const Postings *list)
{
    uint64_t ranks = (map->segment->document_count + 511) / 512;
    add_postings_stream(map, list, EDIT_BITMAP_WORD,
                        (const uint8_t *)list->bits, 64, 8 * ranks);
    add_postings_stream(map, list, EDIT_RANK, (const uint8_t *)list->ranks, 32,
                        ranks);
    add_postings_stream(map, list, EDIT_BITMAP_TF, list->tf_stream,
                        list->tf_bits, list->df);
    for (uint32_t i = 0; i < list->exception_count; i++) {
        const uint8_t *at = list->exceptions + BITMAP_EXCEPTION_BYTES * i;
        add_postings_stream(map, list, EDIT_EXCEPTION_NUMBER, at, 32, 1);
        add_postings_stream(map, list, EDIT_EXCEPTION_TF, at + 4, 32, 1);
    }
}

static void add_bound_bytes(EditMap *map, SectionKind kind, EditField field,
                            const uint8_t *bounds, uint32_t count)
{
    uint64_t place = place_of(map, kind, bounds);
    uint64_t padding = -(uint64_t)count % BOUNDS_ALIGNMENT;
    add_stream(map, (uint8_t)kind, field, place, 8, count);
    add_stream(map, (uint8_t)kind, EDIT_BOUNDS_PADDING, place + count, 8,
               padding);
}

static void add_bounds(EditMap *map, const Postings *list)
{
    if (!list->range_bounds) return;
    SectionKind kind = list->is_pair ? SECTION_PAIR_BOUNDS : SECTION_BOUNDS;
    add_bound_bytes(map, kind, EDIT_RANGE_BOUND, list->range_bounds,
                    map->segment->range_count);
    add_bound_bytes(map, kind, EDIT_WINDOW_BOUND, list->window_bounds,
                    map->segment->window_count);
}

static void add_run(EditMap *map, const uint8_t *start, uint16_t header,
                    uint64_t values)
{
    uint8_t region = SECTION_POSITIONS;
    PositionRun run = run_at(start, header, values);
    add_stream(map, region, EDIT_POSITION, place_of(map, region, run.low),
               (uint8_t)run.low_bits, values);
    add_stream(map, region, EDIT_EXCEPTION_INDEX,
               place_of(map, region, run.indexes), (uint8_t)run.index_bits,
               run.exception_count);
    add_stream(map, region, EDIT_EXCEPTION_HIGH,
               place_of(map, region, run.highs), (uint8_t)run.high_bits,
               run.exception_count);
}

/* The group of the scan's batch. */
static void add_group(EditMap *map, const uint8_t *group,
                      const PostingsScan *scan)
{
    uint32_t runs = group_run_count(scan->count);
    uint64_t place = place_of(map, SECTION_POSITIONS, group);
    const uint8_t *start = group + group_header_bytes(runs);
    add_stream(map, SECTION_POSITIONS, EDIT_RUN_HEADER, place, 16, runs);
    add_stream(map, SECTION_POSITIONS, EDIT_RUN_START,
               place + (size_t)runs * RUN_HEADER_BYTES, 16, runs - 1);
    for (uint32_t run = 0; run < runs; run++) {
        uint64_t values = 0;
        for (uint32_t i = run * RUN_POSTINGS;
             i < scan->count && i < (run + 1) * RUN_POSTINGS; i++)
            values += scan->tfs[i];
        uint16_t header = group_run_header(group, run);
        add_run(map, start, header, values);
        start += run_size(header, values);
    }
}

static void add_positions(EditMap *map, const Postings *list)
{
    Positions positions;
    PostingsScan scan;
    if (!list->has_positions || list->inline_positions.size) return;
    PROMISE(positions_open(map->segment, list, &positions, &error) == OK);
    bool has_groups = class_has_groups(list->kind);
    if (has_groups) {
        add_stream(map, SECTION_POSITIONS, EDIT_GROUP_START,
                   place_of(map, SECTION_POSITIONS, positions.data), 32,
                   (list->df + 127) / 128);
    }
    postings_scan_start(&scan, map->segment, list);
    for (uint32_t group = 0; postings_scan_next(&scan); group++) {
        uint64_t units = has_groups
                             ? get_u32le(positions.data + 4 * (size_t)group)
                             : 0;
        add_group(map, positions.data + POSITION_ALIGNMENT * units, &scan);
    }
}

void add_list(EditMap *map, const Postings *list)
{
    if (list->kind == POSTINGS_SHORT) add_short(map, list);
    if (list->kind == POSTINGS_BITMAP) add_bitmap(map, list);
    for (uint32_t i = 0; list->kind == POSTINGS_BLOCKS && i < list->block_count;
         i++) {
        add_block(map, list, i);
    }
    add_bounds(map, list);
    add_positions(map, list);
}

static void add_champion_list(EditMap *map, SectionKind kind, uint64_t place,
                              uint32_t count)
{
    uint8_t region = (uint8_t)kind;
    const uint8_t *widths = map->regions[region].data + place;
    uint64_t docs = place + CHAMPIONS_WIDTHS;
    uint64_t tfs = docs + codec_size(count, widths[0]);
    uint64_t norms = tfs + codec_size(count, widths[1]);
    add_stream(map, region, EDIT_CHAMPIONS_WIDTH, place, 8, CHAMPIONS_WIDTHS);
    add_stream(map, region, EDIT_CHAMPION_DOCID, docs, widths[0], count);
    add_stream(map, region, EDIT_CHAMPION_TF, tfs, widths[1], count);
    add_stream(map, region, EDIT_CHAMPION_NORM, norms, widths[2], count);
}

void add_champions(EditMap *map, SectionKind kind)
{
    CellCursor cursor = {.map = map, .region = (uint8_t)kind};
    if (!segment_has(map->segment, kind)) return;
    uint64_t lists = take_fixed(&cursor, EDIT_CHAMPIONS_COUNT, 4);
    uint64_t start = CHAMPIONS_HEADER_BYTES + CHAMPIONS_ENTRY_BYTES * lists;
    take_fixed(&cursor, EDIT_CHAMPIONS_ZERO, 4);
    while (lists--) {
        take_fixed(&cursor, EDIT_CHAMPIONS_TERM, 4);
        uint64_t count = take_fixed(&cursor, EDIT_CHAMPIONS_TERM_COUNT, 4);
        uint64_t offset = take_fixed(&cursor, EDIT_CHAMPIONS_OFFSET, 8);
        add_champion_list(map, kind, start + offset, (uint32_t)count);
    }
}

void add_list_cells(EditMap *map)
{
    TermWalk walk = {0};
    TermRecord record;
    Postings list;
    Span term;
    bool found;
    PROMISE(term_walk_start(&walk, map->segment, (Span){0}, &error) == OK);
    for (;;) {
        PROMISE(term_walk_next(&walk, &term, &record, &found, &error) == OK);
        if (!found) break;
        PROMISE(postings_open(map->segment, &record, &list, &error) == OK);
        add_list(map, &list);
    }
    term_walk_release(&walk);
    add_champions(map, SECTION_CHAMPIONS);
}
