/* positions_writer.c - writes the section positions. */
#include "common/segment/positions/positions_writer.h"

#include "common/base/bytes.h"
#include "common/segment/positions/position_group_writer.h"

#include <stdlib.h>

enum {
    ASIDE_SHARE = 4,
    GROUPS_HELD_BYTES = 1 << 20, /* of a term before they are put aside */
    WAITING_POSITIONS = 1 << 16  /* of a first group that is not packed yet */
};

void positions_writer_init(PositionsWriter *writer, const char *folder,
                           size_t memory_limit)
{
    *writer = (PositionsWriter){0};
    writer->aside_limit = memory_limit / ASIDE_SHARE;
    spool_init(&writer->positions, folder, memory_limit - writer->aside_limit);
    spool_init(&writer->aside, folder, writer->aside_limit);
}

void positions_writer_release(PositionsWriter *writer)
{
    spool_release(&writer->positions);
    spool_release(&writer->aside);
    free(writer->first);
    writer->first = NULL;
    buf_release(&writer->directory);
    buf_release(&writer->groups);
}

static void keep_first(PositionsWriter *writer, const PostingBatch *batch)
{
    if (batch->position_count > writer->first_capacity) {
        size_t capacity = batch->position_count * 2;
        uint32_t *first = realloc(writer->first, capacity * sizeof *first);
        if (!first) {
            writer->status = ERR_NO_MEMORY;
            return;
        }
        writer->first = first;
        writer->first_capacity = capacity;
    }
    memcpy(writer->first, batch->positions,
           batch->position_count * sizeof *writer->first);
    memcpy(writer->first_tfs, batch->tfs, batch->count * sizeof *batch->tfs);
    writer->first_df = batch->count;
}

static void put_group(PositionsWriter *writer, const uint32_t *values,
                      const uint32_t *tfs, uint32_t df)
{
    Buf *out = &writer->groups;
    if (out->size > GROUPS_HELD_BYTES) {
        spool_put_span(&writer->aside, buf_span(out));
        out->size = 0;
    }
    uint64_t offset = spool_size(&writer->aside) + out->size;
    buf_put_u32le(&writer->directory, (uint32_t)(offset / POSITION_ALIGNMENT));
    position_group_put(out, values, tfs, df);
    if (writer->group_count == 1) writer->first_packed_bytes = out->size;
    buf_put_zeros(out, -out->size % POSITION_ALIGNMENT);
}

static void put_first_group(PositionsWriter *writer)
{
    if (writer->first_is_packed) return;
    put_group(writer, writer->first, writer->first_tfs, writer->first_df);
}

void positions_writer_add(PositionsWriter *writer, const PostingBatch *batch)
{
    if (writer->status != OK) return;
    bool is_first = writer->group_count++ == 0;
    bool is_packed = !is_first || batch->position_count > WAITING_POSITIONS;
    if (is_first) {
        writer->first_count = batch->position_count;
        writer->first_is_packed = is_packed;
    } else if (writer->group_count == 2) {
        put_first_group(writer);
    }
    if (is_packed) {
        put_group(writer, batch->positions, batch->tfs, batch->count);
    } else {
        keep_first(writer, batch);
    }
}

/* Inline and short: one group without a directory. It may be packed already. */
static void end_short(PositionsWriter *writer, TermFacts *facts)
{
    Buf *out = &writer->groups;
    facts->positions_offset = spool_size(&writer->positions);
    if (writer->first_is_packed) {
        out->size = writer->first_packed_bytes;
    } else {
        position_group_put(out, writer->first, writer->first_tfs,
                           writer->first_df);
    }
    spool_put_span(&writer->positions, buf_span(out));
}

/* Moves what was put aside to the section, and makes it empty. */
static void take_aside(PositionsWriter *writer)
{
    Spool *aside = &writer->aside;
    uint64_t size = spool_size(aside);
    uint8_t buffer[1 << 16];
    for (uint64_t at = 0; at < size && aside->status == OK;) {
        uint64_t left = size - at;
        size_t here = left < sizeof buffer ? (size_t)left : sizeof buffer;
        aside->status = spool_read(aside, at, buffer, here, &aside->error);
        spool_put(&writer->positions, buffer, here);
        at += here;
    }
    if (aside->status != OK) return; /* kept for positions_writer_check */
    const char *folder = aside->folder;
    spool_release(aside);
    spool_init(aside, folder, writer->aside_limit);
}

/* Group offsets count from the start of the term's positions: the directory
 * lies before the groups. */
static void end_groups(PositionsWriter *writer, TermFacts *facts)
{
    if (writer->group_count == 1) put_first_group(writer);
    Buf *directory = &writer->directory;
    if (directory->status != OK) return;
    uint32_t shift = (uint32_t)(directory->size / POSITION_ALIGNMENT);
    for (size_t i = 0; i < directory->size; i += sizeof(uint32_t)) {
        uint8_t *at = directory->data + i;
        put_u32le(at, get_u32le(at) + shift);
    }
    uint64_t size = spool_size(&writer->aside) + writer->groups.size;
    if (size / POSITION_ALIGNMENT > UINT32_MAX - shift)
        writer->status = ERR_LIMIT;
    spool_align(&writer->positions, POSITION_ALIGNMENT);
    facts->positions_offset = spool_size(&writer->positions);
    spool_put_span(&writer->positions, buf_span(directory));
    if (spool_size(&writer->aside)) take_aside(writer);
    spool_put_span(&writer->positions, buf_span(&writer->groups));
}

void positions_writer_end_term(PositionsWriter *writer, TermFacts *facts)
{
    if (writer->status != OK) return;
    facts->has_positions = true;
    if (class_is_inline(facts->kind) &&
        writer->first_count <= INLINE_POSITIONS) {
        memcpy(facts->positions, writer->first,
               writer->first_count * sizeof *facts->positions);
    } else if (class_has_groups(facts->kind)) {
        end_groups(writer, facts);
    } else {
        end_short(writer, facts);
    }
    writer->group_count = 0;
    writer->directory.size = 0;
    writer->groups.size = 0;
}

Status positions_writer_check(const PositionsWriter *writer, Error *error)
{
    if (writer->status == ERR_LIMIT) {
        return fail_advising(error, ERR_LIMIT, ADVICE_MORE_SEGMENTS,
                             "a term has more than 16 GB of positions");
    }
    if (writer->status != OK) return fail_memory(error, "writing positions");
    Status status = buf_check(&writer->directory, "writing positions", error);
    if (status == OK)
        status = buf_check(&writer->groups, "writing positions", error);
    if (status == OK) status = spool_check(&writer->aside, error);
    return status == OK ? spool_check(&writer->positions, error) : status;
}
