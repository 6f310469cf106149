/* segment_view.c - a segment file that is being written, as a segment. */
#include "common/base/map_guard.h"
#include "common/segment/segment_internal.h"
#include "common/segment/segment_writer.h"

#include <stdlib.h>
#include <unistd.h>

static _Atomic uint64_t *all_verified(uint64_t count)
{
    uint64_t words = count / 64 + 1;
    _Atomic uint64_t *bits = calloc(words, sizeof *bits);
    for (uint64_t i = 0; bits && i < words; i++) bits[i] = UINT64_MAX;
    return bits;
}

static void copy_facts(Segment *segment, const SegmentFacts *facts)
{
    segment->document_count = facts->document_count;
    segment->nonempty_count = facts->nonempty_count;
    segment->token_count = facts->token_count;
    segment->term_count = facts->term_count;
    segment->posting_count = facts->posting_count;
    segment->k1 = facts->k1;
    segment->b = facts->b;
    segment->average_length = facts->average_length;
    segment->limits = facts->limits;
    memcpy(segment->norm_codes, facts->norm_codes, sizeof segment->norm_codes);
    segment->range_count = (uint32_t)divide_up(facts->document_count,
                                               RANGE_DOCUMENTS);
    segment->window_count = (uint32_t)divide_up(facts->document_count,
                                                WINDOW_DOCUMENTS);
}

static void copy_sections(Segment *segment, const SegmentWriter *writer)
{
    const uint8_t *file = segment->file.bytes.data;
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        if (!writer->has_section[kind]) continue;
        segment->sections[kind] = span_of(file + writer->section_starts[kind],
                                          (size_t)writer->section_sizes[kind]);
        segment->first_part[kind] = writer->first_checksums[kind];
    }
}

static Status open_view(const SegmentWriter *writer, const SegmentFacts *facts,
                        Segment *segment, Error *error)
{
    segment->path = strdup(writer->folder->path);
    uint64_t parts = writer->checksums.size / sizeof(uint64_t);
    segment->verified_parts = all_verified(parts);
    segment->verified_terms = all_verified(facts->term_count);
    segment->verified_positions = all_verified(facts->term_count);
    segment->verified_pairs = all_verified(0);
    if (!segment->path || !segment->verified_parts ||
        !segment->verified_terms || !segment->verified_positions ||
        !segment->verified_pairs) {
        return fail_memory(error, "writing a segment");
    }
    Status status = file_map_open(dup(writer->fd), segment->path,
                                  &segment->file, error);
    if (status != OK) return status;
    map_guard_add(segment->path, segment->file.bytes);
    copy_facts(segment, facts);
    copy_sections(segment, writer);
    return OK;
}

Status segment_writer_view(const SegmentWriter *writer,
                           const SegmentFacts *facts, Segment **out,
                           Error *error)
{
    *out = NULL;
    if (writer->status != OK) {
        *error = writer->error;
        return writer->status;
    }
    Segment *segment = calloc(1, sizeof *segment);
    if (!segment) return fail_memory(error, "writing a segment");
    Status status = open_view(writer, facts, segment, error);
    if (status == OK) {
        *out = segment;
    } else {
        segment_close(segment);
    }
    return status;
}
