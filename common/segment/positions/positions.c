/* positions.c - the positions of a term in a document, found in O(1).
 *
 * The positions of 128 postings are one group of values. The number of values
 * before a posting is the sum of a count in the group (one for each 32
 * postings) and at most 31 values of tf, which are decoded once for a group and
 * kept.
 */
#include "common/segment/positions/positions.h"

#include "common/base/varint.h"
#include "common/codec/block_codec.h"
#include "common/segment/segment_internal.h"

#include <assert.h>

enum {
    GROUP_WIDTH = 0,
    GROUP_ZERO = 1,
    GROUP_COUNTS = 2,
    FEW_POSITIONS = 16 /* are taken one by one */
};

static uint32_t group_size(const Postings *list, uint32_t group)
{
    uint32_t left = list->df - group * BLOCK_POSTINGS;
    return left < BLOCK_POSTINGS ? left : BLOCK_POSTINGS;
}

/* tf of the postings of a group of a bitmap, exceptions put in. */
static void decode_bitmap_tfs(const Postings *list, uint32_t group,
                              uint32_t *tfs)
{
    uint32_t first = group * BLOCK_POSTINGS;
    uint32_t count = group_size(list, group);
    codec_decode(list->tf_stream + codec_size(first, list->tf_bits),
                 list->tf_bits, count, 1, tfs);
    for (uint32_t i = postings_exception(list, first);
         i < list->exception_count; i++) {
        const uint8_t *entry = list->exceptions +
                               BITMAP_EXCEPTION_BYTES * (size_t)i;
        uint32_t number = get_u32le(entry);
        if (number - first >= count) break;
        tfs[number - first] = get_u32le(entry + 4);
    }
}

static void decode_tfs(Positions *positions, uint32_t group)
{
    const Postings *list = positions->list;
    if (postings_is_inline(list)) {
        positions->tfs[0] = list->tf;
    } else if (postings_is_bitmap(list)) {
        decode_bitmap_tfs(list, group, positions->tfs);
    } else {
        Block block = postings_block(list, group);
        codec_decode(block.tfs, block.tf_bits, block.count, 1, positions->tfs);
    }
    positions->group = group;
}

static const uint8_t *group_at(const Positions *positions, uint32_t group)
{
    uint64_t units = get_u32le(positions->data + 4 * (size_t)group);
    return positions->data + POSITION_ALIGNMENT * units;
}

static Status positions_fail(const Segment *segment, const Postings *list,
                             Error *error)
{
    return segment_fail(segment, SECTION_POSITIONS, error,
                        "invalid positions of term %u", list->number);
}

static Status validate_single_group(Segment *segment, Positions *positions,
                                    Error *error)
{
    const Postings *list = positions->list;
    uint64_t offset = list->positions_offset;
    Status status = segment_verify(segment, SECTION_POSITIONS, offset, 1,
                                   error);
    if (status != OK) return status;
    decode_tfs(positions, 0);
    uint64_t sum = 0;
    for (uint32_t i = 0; i < list->df; i++) sum += positions->tfs[i];
    uint8_t width = positions->data[GROUP_WIDTH];
    if (!codec_width_is_legal(width) || sum != list->total_tf) {
        return positions_fail(segment, list, error);
    }
    return segment_verify(segment, SECTION_POSITIONS, offset + 1,
                          codec_size(sum, width), error);
}

/* Checks the counts of a group whose tf values are decoded; the sum of these
 * in *sum. */
static bool counts_agree(const Positions *positions, const uint8_t *header,
                         uint32_t count, uint64_t *sum)
{
    *sum = 0;
    for (uint32_t i = 0; i < BLOCK_POSTINGS; i++) {
        if (i % POSITION_STEP == 0 && i > 0) {
            size_t step = i / POSITION_STEP - 1;
            uint64_t capped = *sum < POSITION_COUNT_LIMIT
                                  ? *sum
                                  : POSITION_COUNT_LIMIT;
            if (get_u16le(header + GROUP_COUNTS + 2 * step) != capped) {
                return false;
            }
        }
        if (i < count) *sum += positions->tfs[i];
    }
    return true;
}

/* One group, which must begin `place` bytes after the term's start; adds its
 * size to place and its values to total. */
static Status validate_group(Segment *segment, Positions *positions,
                             uint32_t group, uint64_t *place, uint64_t *total,
                             Error *error)
{
    const Postings *list = positions->list;
    uint64_t offset = list->positions_offset + *place;
    uint64_t stated = POSITION_ALIGNMENT *
                      (uint64_t)get_u32le(positions->data + 4 * (size_t)group);
    if (stated != *place) return positions_fail(segment, list, error);
    Status status = segment_verify(segment, SECTION_POSITIONS, offset,
                                   POSITION_HEADER_BYTES, error);
    if (status != OK) return status;
    const uint8_t *header = positions->data + *place;
    uint64_t sum;
    decode_tfs(positions, group);
    if (!codec_width_is_legal(header[GROUP_WIDTH]) || header[GROUP_ZERO] ||
        !counts_agree(positions, header, group_size(list, group), &sum)) {
        return positions_fail(segment, list, error);
    }
    uint64_t bytes = round_up(POSITION_HEADER_BYTES +
                                  codec_size(sum, header[GROUP_WIDTH]),
                              POSITION_ALIGNMENT);
    *place += bytes;
    *total += sum;
    return segment_verify(segment, SECTION_POSITIONS, offset, bytes, error);
}

static Status validate_groups(Segment *segment, Positions *positions,
                              Error *error)
{
    const Postings *list = positions->list;
    uint32_t groups = (uint32_t)divide_up(list->df, BLOCK_POSTINGS);
    uint64_t place = 4 * (uint64_t)groups;
    uint64_t total = 0;
    if (list->positions_offset % POSITION_ALIGNMENT) {
        return positions_fail(segment, list, error);
    }
    Status status = segment_verify(segment, SECTION_POSITIONS,
                                   list->positions_offset, place, error);
    for (uint32_t group = 0; status == OK && group < groups; group++) {
        status = validate_group(segment, positions, group, &place, &total,
                                error);
    }
    if (status != OK || total == list->total_tf) return status;
    return positions_fail(segment, list, error);
}

Status positions_open(Segment *segment, const Postings *list, Positions *out,
                      Error *error)
{
    out->list = list;
    out->data = NULL;
    out->group = UINT32_MAX;
    if (!list->has_positions) {
        return fail(error, ERR_UNSUPPORTED, "%s: the index has no positions",
                    segment->path);
    }
    if (list->inline_positions.size) return OK;
    out->data = segment->sections[SECTION_POSITIONS].data +
                list->positions_offset;
    if (verified_bit(segment->verified_positions, list->number)) return OK;
    Status status = class_has_groups(list->kind)
                        ? validate_groups(segment, out, error)
                        : validate_single_group(segment, out, error);
    if (status == OK)
        set_verified_bit(segment->verified_positions, list->number);
    return status;
}

/* How many values of its group lie before posting `place` of it. */
static uint64_t count_before(const Positions *positions, const uint8_t *header,
                             uint32_t place)
{
    uint32_t from = 0;
    uint64_t before = 0;
    if (header && place >= POSITION_STEP) {
        size_t step = place / POSITION_STEP - 1;
        before = get_u16le(header + GROUP_COUNTS + 2 * step);
        if (before < POSITION_COUNT_LIMIT) {
            from = place - place % POSITION_STEP;
        } else {
            before = 0;
        }
    }
    for (uint32_t i = from; i < place; i++) before += positions->tfs[i];
    return before;
}

static uint32_t get_inline(const Postings *list, uint32_t *out, uint32_t limit)
{
    const uint8_t *at = list->inline_positions.data;
    const uint8_t *end = at + list->inline_positions.size;
    uint32_t count = list->tf < limit ? list->tf : limit;
    uint32_t position = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t step = 0;
        bool good = varint_get(&at, end, &step);
        assert(good); /* term_record_parse has read them */
        (void)good;
        position += (uint32_t)step;
        out[i] = position;
    }
    return count;
}

/* Positions from the values of a stream, from number `first` on. */
static void take_few(const uint8_t *stream, uint32_t width, uint64_t first,
                     uint32_t count, uint32_t *out)
{
    uint32_t next = 0; /* the smallest that the next position may be */
    for (uint32_t i = 0; i < count; i++) {
        out[i] = next + codec_get(stream, width, first + i);
        next = out[i] + 1;
    }
}

/* The same, unpacked in chunks that begin where a byte does. */
static void take_many(const uint8_t *stream, uint32_t width, uint64_t first,
                      uint32_t count, uint32_t *out)
{
    enum { CHUNK = 128, BYTE_VALUES = 8 };
    uint32_t values[CHUNK + 16];
    uint32_t next = 0; /* the smallest that the next position may be */
    for (uint32_t done = 0; done < count;) {
        uint32_t skipped = (uint32_t)((first + done) % BYTE_VALUES);
        size_t start = codec_size(first + done - skipped, width);
        uint32_t here = count - done;
        if (here > CHUNK - skipped) here = CHUNK - skipped;
        codec_decode(stream + start, width, skipped + here, 0, values);
        for (uint32_t i = 0; i < here; i++) {
            out[done + i] = next + values[skipped + i];
            next = out[done + i] + 1;
        }
        done += here;
    }
}

/* Where the values of a posting are. */
typedef struct PostingValues {
    const uint8_t *stream;
    uint32_t width;
    uint64_t first; /* in the stream */
    uint32_t tf;
} PostingValues;

/* Not for positions that are in the record. */
static PostingValues find_values(Positions *positions, uint32_t number)
{
    const Postings *list = positions->list;
    uint32_t group = number / BLOCK_POSTINGS;
    uint32_t place = number % BLOCK_POSTINGS;
    if (positions->group != group) decode_tfs(positions, group);

    bool grouped = class_has_groups(list->kind);
    const uint8_t *start = grouped ? group_at(positions, group)
                                   : positions->data;
    return (PostingValues){
        .stream = start + (grouped ? POSITION_HEADER_BYTES : 1),
        .width = start[GROUP_WIDTH],
        .first = count_before(positions, grouped ? start : NULL, place),
        .tf = positions->tfs[place]};
}

uint32_t positions_get(Positions *positions, uint32_t number, uint32_t *out,
                       uint32_t limit)
{
    const Postings *list = positions->list;
    assert(number < list->df);
    if (list->inline_positions.size) return get_inline(list, out, limit);
    PostingValues values = find_values(positions, number);
    uint32_t count = values.tf < limit ? values.tf : limit;
    if (count <= FEW_POSITIONS) {
        take_few(values.stream, values.width, values.first, count, out);
    } else {
        take_many(values.stream, values.width, values.first, count, out);
    }
    return count;
}

static bool inline_legal(const Postings *list, uint32_t gap)
{
    uint32_t out[INLINE_POSITIONS]; /* term_record_parse knows their order */
    uint32_t count = get_inline(list, out, INLINE_POSITIONS);
    for (uint32_t i = 0; i < count; i++) {
        if (gap && out[i] == gap) return false;
    }
    return true;
}

bool positions_legal(Positions *positions, uint32_t number, uint32_t gap)
{
    const Postings *list = positions->list;
    if (list->inline_positions.size) return inline_legal(list, gap);
    PostingValues values = find_values(positions, number);
    /* Without bits they are 0, 1, 2, ..., and may be billions. */
    if (values.width == 0) {
        return values.tf <= POSITION_LIMIT && (gap == 0 || gap >= values.tf);
    }
    uint64_t next = 0; /* the smallest that the next position may be */
    for (uint32_t i = 0; i < values.tf; i++) {
        uint64_t position = next + codec_get(values.stream, values.width,
                                             values.first + i);
        if (position >= POSITION_LIMIT || (gap && position == gap)) {
            return false;
        }
        next = position + 1;
    }
    return true;
}
