/* edit_bytes.c - writes regions with edited cells. */
#include "common/base/bytes.h"
#include "common/base/varint.h"
#include "common/segment/pairs/pair_tables.h"
#include "tests/fuzz/edit_changes.h"
#include "tests/fuzz/fuzz.h"

#include <zstd.h>

static bool has_fixed_size(const Change *change)
{
    return change->cell->form == CELL_BITS;
}

void changes_apply_bits(const ChangeList *list, uint8_t region, uint8_t *bytes)
{
    for (size_t i = 0; i < list->count; i++) {
        const Change *change = &list->changes[i];
        if (change->cell->region != region || !has_fixed_size(change)) continue;
        uint64_t place = change->cell->place;
        for (uint32_t bit = 0; bit < change->cell->bits; bit++, place++) {
            uint8_t mask = (uint8_t)(1u << place % 8);
            bytes[place / 8] &= (uint8_t)~mask;
            if (change->value >> bit & 1) bytes[place / 8] |= mask;
        }
    }
}

static void put_change(const Change *change, Buf *out)
{
    if (change->cell->form == CELL_VARINT) buf_put_varint(out, change->value);
    if (change->cell->form == CELL_BYTES)
        buf_put_span(out, buf_span(&change->bytes));
    if (change->cell->form == CELL_DECIMAL)
        buf_printf(out, "%llu", (unsigned long long)change->value);
}

/* Orders cells that can grow: an empty cell comes before the one that starts at
 * the same offset, since it belongs to what ends there. */
static uint64_t order_of(const Cell *cell)
{
    return 2 * cell->place + (cell->size > 0);
}

static uint64_t order_at(uint64_t place)
{
    return 2 * place + 1;
}

/* The first edit at or after `from` in the region that can grow. */
static const Change *next_splice(const ChangeList *list, uint8_t region,
                                 uint64_t from)
{
    const Change *next = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const Change *change = &list->changes[i];
        const Cell *cell = change->cell;
        if (cell->region != region || has_fixed_size(change)) continue;
        uint64_t order = order_of(cell);
        if (order < from || (next && order >= order_of(next->cell))) continue;
        next = change;
    }
    return next;
}

/* Appends `bytes`, with the edits of the region that can grow. */
static void splice(const ChangeList *list, uint8_t region, Span bytes, Buf *out)
{
    uint64_t at = 0;
    const Change *change;
    for (uint64_t from = 0; (change = next_splice(list, region, from));) {
        const Cell *cell = change->cell;
        buf_put(out, bytes.data + at, cell->place - at);
        put_change(change, out);
        at = cell->place + cell->size;
        from = order_of(cell) + 1;
    }
    buf_put(out, bytes.data + at, bytes.size - at);
}

/* How many bytes the edits add to the region before `place`. */
static uint64_t shift_before(const ChangeList *list, uint8_t region,
                             uint64_t place)
{
    Buf bytes = {0};
    uint64_t shift = 0;
    const Change *change;
    for (uint64_t from = 0; (change = next_splice(list, region, from));) {
        const Cell *cell = change->cell;
        if (order_of(cell) >= order_at(place)) break;
        buf_clear(&bytes);
        put_change(change, &bytes);
        shift += bytes.size - cell->size;
        from = order_of(cell) + 1;
    }
    buf_release(&bytes);
    return shift;
}

/* Adjusts the offsets of a field that point into a region, from `base` on. */
static void shift_starts(const EditMap *map, const ChangeList *list,
                         EditField field, uint8_t region, uint64_t base,
                         uint8_t *bytes)
{
    if (!next_splice(list, region, 0)) return;
    for (uint32_t i = 0; i < map->fields[field].count; i++) {
        const Cell *cell = &map->fields[field].cells[i];
        uint64_t start = cell_value(map, cell);
        put_u64le(bytes + cell->place / 8,
                  start + shift_before(list, region, base + start));
    }
}

void changes_write_region(const EditMap *map, const ChangeList *list,
                          uint8_t region, Buf *out)
{
    Buf bytes = {0};
    buf_put_span(&bytes, buf_span(&map->regions[region]));
    changes_apply_bits(list, region, bytes.data);
    splice(list, region, buf_span(&bytes), out);
    buf_release(&bytes);
}

void changes_write_section(const EditMap *map, const ChangeList *list,
                           uint8_t kind, const Buf *starts, Buf *out)
{
    Buf bytes = {0};
    buf_put_span(&bytes, buf_span(&map->regions[kind]));
    if (kind == SECTION_TERMS_INDEX) {
        shift_starts(map, list, EDIT_TERMS_START, SECTION_TERMS, 0, bytes.data);
    } else if (kind == SECTION_IDS) {
        shift_starts(map, list, EDIT_ID_START, SECTION_IDS, 0, bytes.data);
    } else if (kind == SECTION_PAIRS) {
        shift_starts(map, list, EDIT_PAIR_GROUP, SECTION_PAIRS,
                     pair_tables(map->segment).records_start, bytes.data);
    } else if (kind == SECTION_STORED_INDEX) {
        memcpy(bytes.data + STORED_INDEX_HEADER_BYTES, starts->data,
               starts->size);
    }
    if (bytes.size) changes_apply_bits(list, kind, bytes.data);
    splice(list, kind, buf_span(&bytes), out);
    buf_release(&bytes);
}

/* Replaces the header of a frame (RFC 8878, 3.1.1.1) by one that states another
 * content size. */
static void claim_size(Buf *packed, size_t start, uint64_t size)
{
    Buf frame = {0};
    const uint8_t *at = packed->data + start;
    uint8_t descriptor = at[4];
    static const uint8_t SIZES[] = {0, 2, 4, 8}, DICTIONARY[] = {0, 1, 2, 4};
    bool single = descriptor & 0x20;
    size_t header = 5u + !single + DICTIONARY[descriptor & 3] +
                    SIZES[descriptor >> 6] + (single && descriptor < 0x40);
    buf_put(&frame, at, 4);
    buf_put_byte(&frame, (uint8_t)(0xc0 | 0x20 | (descriptor & 4)));
    buf_put_u64le(&frame, size);
    buf_put(&frame, at + header, packed->size - start - header);
    packed->size = start;
    buf_put_span(packed, buf_span(&frame));
    buf_release(&frame);
}

static void pack_frame(Span text, Span dictionary, Buf *out)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t bound = ZSTD_compressBound(text.size);
    uint8_t *room = buf_reserve(out, bound);
    PROMISE(context && room);
    size_t size = ZSTD_compress_usingDict(context, room, bound, text.data,
                                          text.size, dictionary.data,
                                          dictionary.size, 1);
    PROMISE(!ZSTD_isError(size));
    ZSTD_freeCCtx(context);
    out->size += size;
}

/* Whether no text of the frame is edited. */
static bool frame_is_kept(const EditMap *map, const ChangeList *list,
                          uint32_t frame)
{
    uint64_t from = order_at(map->frame_starts[frame]);
    const Change *change = next_splice(list, SECTION_STORED, from);
    return !change ||
           order_of(change->cell) >= order_at(map->frame_starts[frame + 1]);
}

static void put_frame(const EditMap *map, const ChangeList *list,
                      const Buf *text, uint32_t frame, Buf *out)
{
    uint64_t from = map->frame_starts[frame];
    uint64_t to = map->frame_starts[frame + 1];
    const Cell *cells = map->fields[EDIT_FRAME_START].cells;
    if (frame_is_kept(map, list, frame)) {
        uint64_t start = cell_value(map, &cells[frame]);
        buf_put(out, map->segment->sections[SECTION_STORED].data + start,
                cell_value(map, &cells[frame + 1]) - start);
        return;
    }
    from += shift_before(list, SECTION_STORED, from);
    to += shift_before(list, SECTION_STORED, to);
    pack_frame(span_of(text->data + from, to - from), map->dictionary, out);
}

void changes_write_stored(const EditMap *map, const ChangeList *list, Buf *out,
                          Buf *starts)
{
    Buf text = {0}, claims = {0};
    changes_write_region(map, list, SECTION_STORED, &text);
    changes_write_region(map, list, REGION_CLAIMS, &claims);
    for (uint32_t i = 0; i < map->frame_count; i++) {
        size_t start = out->size;
        buf_put_u64le(starts, start);
        put_frame(map, list, &text, i, out);
        uint64_t claim = get_u64le(claims.data + 8 * (size_t)i);
        uint64_t base = get_u64le(map->regions[REGION_CLAIMS].data +
                                  8 * (size_t)i);
        if (claim != base) claim_size(out, start, claim);
    }
    buf_put_u64le(starts, out->size);
    PROMISE(out->status == OK && starts->status == OK);
    buf_release(&text);
    buf_release(&claims);
}
