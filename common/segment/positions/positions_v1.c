/* positions_v1.c - positions as version 1 of the format has them. */
#include "common/segment/positions/positions_v1.h"

#include "common/base/varint.h"
#include "common/codec/block_codec.h"
#include "common/segment/segment_internal.h"

enum { GROUP_UNIT = 4, GROUP_HEADER_BYTES = 8 };

static Status positions_fail(const Segment *segment, const Postings *list,
                             Error *error)
{
    return segment_fail(segment, SECTION_POSITIONS, error,
                        "invalid positions of term %u", list->number);
}

static Status make_room(PostingBatch *batch, uint64_t count, Error *error)
{
    while (batch->position_capacity < count) {
        if (!posting_batch_grow(batch))
            return fail_memory(error, "reading positions");
    }
    batch->position_count = (size_t)count;
    return OK;
}

/* The positions in a record, as values. */
static void take_inline(const Postings *list, uint32_t *values)
{
    const uint8_t *at = list->inline_positions.data;
    const uint8_t *end = at + list->inline_positions.size;
    for (uint32_t i = 0; i < list->tf; i++) {
        uint64_t step = 0;
        if (!varint_get(&at, end, &step)) step = 1; /* has been checked */
        values[i] = (uint32_t)step - (i > 0);
    }
}

/* Where the width of the group's stream is, and where the stream is. */
static Status find_group(Segment *segment, const Postings *list, uint32_t group,
                         uint64_t *width_at, uint64_t *stream, Error *error)
{
    *width_at = list->positions_offset;
    *stream = *width_at + 1;
    if (!class_has_groups(list->kind)) return OK;
    uint64_t entry = list->positions_offset +
                     sizeof(uint32_t) * (uint64_t)group;
    Status status = segment_verify(segment, SECTION_POSITIONS, entry,
                                   sizeof(uint32_t), error);
    if (status != OK) return status;
    const uint8_t *section = segment->sections[SECTION_POSITIONS].data;
    *width_at += GROUP_UNIT * (uint64_t)get_u32le(section + entry);
    *stream = *width_at + GROUP_HEADER_BYTES;
    return OK;
}

/* Whether the values of each posting are positions below the limit. */
static bool values_are_legal(const PostingBatch *batch)
{
    const uint32_t *value = batch->positions;
    for (uint32_t i = 0; i < batch->count; i++) {
        uint64_t next = 0;
        for (uint32_t j = 0; j < batch->tfs[i]; j++) next += *value++ + 1ull;
        if (next > POSITION_LIMIT) return false;
    }
    return true;
}

Status positions_v1_read(Segment *segment, const Postings *list, uint32_t group,
                         PostingBatch *batch, Error *error)
{
    uint64_t count = 0, width_at, stream;
    for (uint32_t i = 0; i < batch->count; i++) count += batch->tfs[i];
    if (list->inline_positions.size) {
        Status status = make_room(batch, count, error);
        if (status == OK) take_inline(list, batch->positions);
        return status;
    }
    Status status = find_group(segment, list, group, &width_at, &stream, error);
    if (status == OK)
        status = segment_verify(segment, SECTION_POSITIONS, width_at, 1, error);
    if (status != OK) return status;
    const uint8_t *section = segment->sections[SECTION_POSITIONS].data;
    uint8_t width = section[width_at];
    if (!codec_width_is_legal(width) || count > POSITION_LIMIT)
        return positions_fail(segment, list, error);
    status = segment_verify(segment, SECTION_POSITIONS, stream,
                            codec_size((size_t)count, width), error);
    if (status == OK) status = make_room(batch, count, error);
    if (status != OK) return status;
    for (uint64_t i = 0; i < count; i++)
        batch->positions[i] = codec_get(section + stream, width, i);
    return values_are_legal(batch) ? OK : positions_fail(segment, list, error);
}
