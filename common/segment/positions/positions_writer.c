/* positions_writer.c - the section positions: where in a document. */
#include "common/segment/positions/positions_writer.h"

#include "common/base/bytes.h"
#include "common/codec/bitpack.h"
#include "common/codec/stream_put.h"

#include <stdlib.h>

void positions_writer_init(PositionsWriter *writer, const char *folder,
                           size_t memory_limit)
{
    *writer = (PositionsWriter){0};
    spool_init(&writer->positions, folder, memory_limit);
}

void positions_writer_release(PositionsWriter *writer)
{
    spool_release(&writer->positions);
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
    writer->first_count = batch->position_count;
    writer->first_df = batch->count;
}

static void put_group(PositionsWriter *writer, const uint32_t *values,
                      size_t value_count, const uint32_t *tfs, uint32_t df)
{
    Buf *out = &writer->groups;
    buf_put_u32le(&writer->directory,
                  (uint32_t)(out->size / POSITION_ALIGNMENT));
    uint32_t width = stream_width(values, value_count);
    buf_put_byte(out, (uint8_t)width);
    buf_put_byte(out, 0);
    uint64_t before = 0;
    for (uint32_t i = 0; i < BLOCK_POSTINGS - POSITION_STEP; i++) {
        if (i < df) before += tfs[i];
        if (i % POSITION_STEP < POSITION_STEP - 1) continue;
        buf_put_u16le(out, before < POSITION_COUNT_LIMIT
                               ? (uint16_t)before
                               : POSITION_COUNT_LIMIT);
    }
    stream_put(out, values, value_count, width);
    buf_put_zeros(out, -out->size % POSITION_ALIGNMENT);
}

static void put_first_group(PositionsWriter *writer)
{
    put_group(writer, writer->first, writer->first_count, writer->first_tfs,
              writer->first_df);
}

void positions_writer_add(PositionsWriter *writer, const PostingBatch *batch)
{
    if (writer->status != OK) return;
    if (writer->group_count == 0) {
        keep_first(writer, batch);
    } else {
        if (writer->group_count == 1) put_first_group(writer);
        put_group(writer, batch->positions, batch->position_count, batch->tfs,
                  batch->count);
    }
    writer->group_count++;
}

/* Inline and short: one stream. */
static void end_short(PositionsWriter *writer, TermFacts *facts)
{
    uint32_t width = stream_width(writer->first, writer->first_count);
    buf_put_byte(&writer->groups, (uint8_t)width);
    stream_put(&writer->groups, writer->first, writer->first_count, width);
    facts->positions_offset = spool_size(&writer->positions);
    spool_put_span(&writer->positions, buf_span(&writer->groups));
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
    if (writer->groups.size / POSITION_ALIGNMENT > UINT32_MAX - shift)
        writer->status = ERR_LIMIT;
    spool_align(&writer->positions, POSITION_ALIGNMENT);
    facts->positions_offset = spool_size(&writer->positions);
    spool_put_span(&writer->positions, buf_span(directory));
    spool_put_span(&writer->positions, buf_span(&writer->groups));
}

void positions_writer_end_term(PositionsWriter *writer, TermFacts *facts)
{
    if (writer->status != OK) return;
    facts->has_positions = true;
    if (facts->kind == POSTINGS_INLINE &&
        writer->first_count <= INLINE_POSITIONS) {
        memcpy(facts->positions, writer->first,
               writer->first_count * sizeof *facts->positions);
    } else if (facts->kind == POSTINGS_INLINE ||
               facts->kind == POSTINGS_SHORT) {
        end_short(writer, facts);
    } else {
        end_groups(writer, facts);
    }
    writer->group_count = 0;
    writer->directory.size = 0;
    writer->groups.size = 0;
}

Status positions_writer_check(const PositionsWriter *writer, Error *error)
{
    if (writer->status == ERR_LIMIT) {
        return fail(error, ERR_LIMIT,
                    "a word has more than 16 GB of positions; use --segments "
                    "or --no-positions");
    }
    if (writer->status != OK) return fail_memory(error, "writing positions");
    Status status = buf_check(&writer->directory, "writing positions", error);
    if (status == OK)
        status = buf_check(&writer->groups, "writing positions", error);
    return status == OK ? spool_check(&writer->positions, error) : status;
}
