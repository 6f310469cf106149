/* positions_scan.c - all positions of a list in order, as they are encoded. */
#include "common/segment/positions/positions_scan.h"

#include "common/base/varint.h"
#include "common/segment/positions/position_run.h"
#include "common/segment/segment_internal.h"

static Status scan_fail(const PositionsScan *scan, Error *error)
{
    return segment_fail(scan->segment, SECTION_POSITIONS, error,
                        "invalid positions of term %u", scan->list->number);
}

Status positions_scan_start(PositionsScan *scan, Segment *segment,
                            const Postings *list, Error *error)
{
    *scan = (PositionsScan){.segment = segment, .list = list};
    if (!class_has_groups(list->kind)) return OK;
    uint64_t directory = 4 * divide_up(list->df, BLOCK_POSTINGS);
    scan->offset = directory;
    if (list->positions_offset % POSITION_ALIGNMENT)
        return scan_fail(scan, error);
    return segment_verify(segment, SECTION_POSITIONS, list->positions_offset,
                          directory, error);
}

/* From positions in the record, steps between them, to values. */
static bool take_inline(const Postings *list, uint32_t *out)
{
    const uint8_t *at = list->inline_positions.data;
    const uint8_t *end = at + list->inline_positions.size;
    for (uint32_t i = 0; i < list->tf; i++) {
        uint64_t step;
        if (!varint_get(&at, end, &step) || (i && step == 0)) return false;
        out[i] = (uint32_t)step - (i > 0);
    }
    return true;
}

/* How many values each run of the group has; their sum. */
static uint64_t count_values(const PostingBatch *batch, uint64_t *counts)
{
    uint64_t sum = 0;
    for (uint32_t run = 0; run < group_run_count(batch->count); run++) {
        uint32_t end = (run + 1) * RUN_POSTINGS;
        if (end > batch->count) end = batch->count;
        counts[run] = 0;
        for (uint32_t i = run * RUN_POSTINGS; i < end; i++)
            counts[run] += batch->tfs[i];
        sum += counts[run];
    }
    return sum;
}

/* Whether the group begins where the directory says. */
static bool begins_here(const PositionsScan *scan, const uint8_t *start)
{
    if (!class_has_groups(scan->list->kind)) return true;
    uint64_t units = get_u32le(start + 4 * (size_t)scan->group);
    return units * POSITION_ALIGNMENT == scan->offset;
}

static void decode_runs(const uint8_t *headers, uint32_t runs,
                        const uint64_t *counts, uint32_t *out)
{
    const uint8_t *at = headers + group_header_bytes(runs);
    for (uint32_t i = 0; i < runs; i++) {
        uint16_t header = group_run_header(headers, i);
        PositionRun run = run_at(at, header, counts[i]);
        run_decode(&run, (size_t)counts[i], out);
        at += run_size(header, counts[i]);
        out += counts[i];
    }
}

static Status take_group(PositionsScan *scan, PostingBatch *batch,
                         const uint64_t *counts, Error *error)
{
    const Postings *list = scan->list;
    Segment *segment = scan->segment;
    uint32_t runs = group_run_count(batch->count);
    uint64_t place = list->positions_offset + scan->offset;
    const uint8_t *start = segment->sections[SECTION_POSITIONS].data +
                           list->positions_offset;
    if (!begins_here(scan, start)) return scan_fail(scan, error);
    Status status = segment_verify(segment, SECTION_POSITIONS, place,
                                   group_header_bytes(runs), error);
    if (status != OK) return status;
    const uint8_t *headers = start + scan->offset;
    uint64_t bytes = group_legal_size(headers, runs, counts);
    if (!bytes) return scan_fail(scan, error);
    status = segment_verify(segment, SECTION_POSITIONS, place, bytes, error);
    if (status != OK) return status;
    decode_runs(headers, runs, counts, batch->positions);
    scan->offset += round_up(bytes, POSITION_ALIGNMENT);
    scan->group++;
    return OK;
}

Status positions_scan_next(PositionsScan *scan, PostingBatch *batch,
                           Error *error)
{
    uint64_t counts[GROUP_RUNS];
    uint64_t sum = count_values(batch, counts);
    const Postings *list = scan->list;
    scan->total += sum;
    scan->postings += batch->count;
    if (scan->total > list->total_tf ||
        (scan->postings == list->df && scan->total != list->total_tf))
        return scan_fail(scan, error);
    if (!posting_batch_reserve(batch, sum))
        return fail_memory(error, "reading positions");
    batch->position_count = (size_t)sum;
    if (!list->inline_positions.size)
        return take_group(scan, batch, counts, error);
    return take_inline(list, batch->positions) ? OK : scan_fail(scan, error);
}
