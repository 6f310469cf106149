/* positions.c - the positions of a term in a document, found in O(1).
 *
 * The positions of 128 postings are one group, in runs of 32 postings. The
 * group says where a run starts; which of its values are a posting's follows
 * from the tf of the postings before it in the run: these are decoded once for
 * a run and kept.
 */
#include "common/segment/positions/positions.h"

#include "common/base/varint.h"
#include "common/segment/positions/position_run.h"
#include "common/segment/segment_internal.h"

#include <assert.h>

enum { FEW_POSITIONS = 16 /* are taken one by one */ };

/* The number of postings of a run, counted over the whole list. */
static uint32_t run_size_of(const Postings *list, uint32_t run)
{
    uint32_t left = list->df - run * RUN_POSTINGS;
    return left < RUN_POSTINGS ? left : RUN_POSTINGS;
}

static uint32_t group_size(const Postings *list, uint32_t group)
{
    uint32_t left = list->df - group * BLOCK_POSTINGS;
    return left < BLOCK_POSTINGS ? left : BLOCK_POSTINGS;
}

static void decode_tfs(Positions *positions, uint32_t run)
{
    const Postings *list = positions->list;
    uint32_t count = run_size_of(list, run);
    if (postings_is_inline(list)) {
        positions->tfs[0] = list->tf;
    } else if (postings_is_bitmap(list)) {
        postings_bitmap_tfs(list, run * RUN_POSTINGS, count, positions->tfs);
    } else {
        Block block = postings_block(list, run / GROUP_RUNS);
        size_t first = (size_t)(run % GROUP_RUNS) * RUN_POSTINGS;
        codec_decode(block.tfs + codec_size(first, block.tf_bits),
                     block.tf_bits, count, 1, positions->tfs);
    }
    for (uint32_t i = count; i < RUN_POSTINGS; i++) positions->tfs[i] = 0;
    positions->run = run;
}

/* The number of values of the run whose tfs are decoded. */
static uint64_t sum_tfs(const Positions *positions)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < RUN_POSTINGS; i++) sum += positions->tfs[i];
    return sum;
}

/* Where a group of a list with a directory begins, in bytes from the term's
 * start. */
static uint64_t group_place(const Positions *positions, uint32_t group)
{
    uint64_t units = get_u32le(positions->data + 4 * (size_t)group);
    return POSITION_ALIGNMENT * units;
}

static Status positions_fail(const Segment *segment, const Postings *list,
                             Error *error)
{
    return segment_fail(segment, SECTION_POSITIONS, error,
                        "invalid positions of term %u", list->number);
}

/* Whether a run that starts `place` bytes after the first one says so. */
static bool start_agrees(const uint8_t *headers, uint32_t run_count,
                         uint32_t run, uint64_t place)
{
    if (run == 0) return true;
    if (place > RUN_START_LIMIT) place = RUN_START_LIMIT;
    return group_run_start(headers, run_count, run) == place;
}

/* A group that begins `offset` bytes after the term's start: checks it, and
 * adds the number of its values to *total. *bytes is its size. */
static Status validate_group(Segment *segment, Positions *positions,
                             uint32_t group, uint64_t offset, uint64_t *bytes,
                             uint64_t *total, Error *error)
{
    const Postings *list = positions->list;
    uint32_t runs = group_run_count(group_size(list, group));
    uint64_t place = list->positions_offset + offset, size = 0;
    uint32_t header_bytes = group_header_bytes(runs);
    Status status = segment_verify(segment, SECTION_POSITIONS, place,
                                   header_bytes, error);
    if (status != OK) return status;
    const uint8_t *headers = positions->data + offset;
    for (uint32_t run = 0; run < runs; run++) {
        uint16_t header = group_run_header(headers, run);
        decode_tfs(positions, group * GROUP_RUNS + run);
        uint64_t count = sum_tfs(positions);
        if (!run_header_is_legal(header, count) ||
            !start_agrees(headers, runs, run, size))
            return positions_fail(segment, list, error);
        size += run_size(header, count);
        *total += count;
    }
    *bytes = header_bytes + size;
    return segment_verify(segment, SECTION_POSITIONS, place, *bytes, error);
}

static Status validate_single_group(Segment *segment, Positions *positions,
                                    Error *error)
{
    uint64_t bytes, total = 0;
    Status status = validate_group(segment, positions, 0, 0, &bytes, &total,
                                   error);
    if (status != OK || total == positions->list->total_tf) return status;
    return positions_fail(segment, positions->list, error);
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
        uint64_t bytes = 0;
        if (group_place(positions, group) != place)
            return positions_fail(segment, list, error);
        status = validate_group(segment, positions, group, place, &bytes,
                                &total, error);
        place += round_up(bytes, POSITION_ALIGNMENT);
    }
    if (status != OK || total == list->total_tf) return status;
    return positions_fail(segment, list, error);
}

Status positions_open(Segment *segment, const Postings *list, Positions *out,
                      Error *error)
{
    out->list = list;
    out->data = NULL;
    out->run = UINT32_MAX;
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

/* Where the values of a posting are. */
typedef struct PostingValues {
    PositionRun run;
    uint32_t first; /* index in the run */
    uint32_t tf;
} PostingValues;

/* Where a run begins that starts far after the first of its group. */
static NEVER_INLINE uint64_t find_far_start(Positions *positions,
                                            const uint8_t *headers,
                                            uint32_t run)
{
    uint64_t start = 0;
    for (uint32_t i = run - run % GROUP_RUNS; i < run; i++) {
        decode_tfs(positions, i);
        start += run_size(group_run_header(headers, i % GROUP_RUNS),
                          sum_tfs(positions));
    }
    return start;
}

static const uint8_t *find_run(Positions *positions, const uint8_t *headers,
                               uint32_t run)
{
    uint32_t runs = group_run_count(
        group_size(positions->list, run / GROUP_RUNS));
    const uint8_t *first = headers + group_header_bytes(runs);
    if (run % GROUP_RUNS == 0) return first;
    uint64_t start = group_run_start(headers, runs, run % GROUP_RUNS);
    if (UNLIKELY(start == RUN_START_LIMIT))
        start = find_far_start(positions, headers, run);
    return first + start;
}

/* Where the values of posting `place` of the run begin, and how many there are
 * in all. They are at most UINT32_MAX in a run that is legal. */
static uint32_t sum_before(const uint32_t *tfs, uint32_t place, uint32_t *total)
{
    uint32_t before = 0, all = 0;
    for (uint32_t i = 0; i < RUN_POSTINGS; i++) {
        before += i < place ? tfs[i] : 0;
        all += tfs[i];
    }
    *total = all;
    return before;
}

/* Not for positions that are in the record. */
static inline PostingValues find_values(Positions *positions, uint32_t number)
{
    const Postings *list = positions->list;
    uint32_t run = number / RUN_POSTINGS, place = number % RUN_POSTINGS;
    const uint8_t *headers = positions->data;
    if (class_has_groups(list->kind))
        headers += group_place(positions, run / GROUP_RUNS);
    const uint8_t *start = find_run(positions, headers, run);
    uint16_t header = group_run_header(headers, run % GROUP_RUNS);
    if (positions->run != run) decode_tfs(positions, run);

    uint32_t count, first = sum_before(positions->tfs, place, &count);
    return (PostingValues){run_at(start, header, count), first,
                           positions->tfs[place]};
}

/* The low bits of values from `first` on. */
static void take_low_bits(const PostingValues *values, uint32_t count,
                          uint32_t *out)
{
    const PositionRun *run = &values->run;
    for (uint32_t i = 0; i < count; i++)
        out[i] = codec_get(run->low, run->low_bits, (size_t)values->first + i);
}

/* The same, unpacked in chunks that begin where a byte does. */
static void unpack_low_bits(const PostingValues *values, uint32_t count,
                            uint32_t *out)
{
    enum { CHUNK = 128, BYTE_VALUES = 8 };
    const PositionRun *run = &values->run;
    uint32_t chunk[CHUNK + 16];
    for (uint32_t done = 0; done < count;) {
        uint64_t first = (uint64_t)values->first + done;
        uint32_t skipped = (uint32_t)(first % BYTE_VALUES);
        size_t start = codec_size(first - skipped, run->low_bits);
        uint32_t here = count - done;
        if (here > CHUNK - skipped) here = CHUNK - skipped;
        codec_decode(run->low + start, run->low_bits, skipped + here, 0, chunk);
        memcpy(out + done, chunk + skipped, here * sizeof *out);
        done += here;
    }
}

/* Adds what exceptions have above their low bits. */
static inline void add_highs(const PostingValues *values, uint32_t count,
                             uint32_t *out)
{
    const PositionRun *run = &values->run;
    uint32_t first = values->first;
    for (uint32_t i = run_find_exception(run, first); i < run->exception_count;
         i++) {
        uint32_t index = run_exception_index(run, i) - first;
        if (index >= count) break;
        out[index] += run_exception_high(run, i);
    }
}

/* From the first position and differences - 1 to positions. */
static void sum_values(uint32_t *values, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) values[i] += values[i - 1] + 1;
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
        take_low_bits(&values, count, out);
    } else {
        unpack_low_bits(&values, count, out);
    }
    if (values.run.exception_count) add_highs(&values, count, out);
    sum_values(out, count);
    return count;
}

uint64_t positions_run_count(Positions *positions, uint32_t run)
{
    if (positions->run != run) decode_tfs(positions, run);
    return sum_tfs(positions);
}

void positions_get_run(Positions *positions, uint32_t run, uint32_t *out)
{
    PostingValues values = find_values(positions, run * RUN_POSTINGS);
    uint32_t count = (uint32_t)sum_tfs(positions);
    codec_decode(values.run.low, values.run.low_bits, count, 0, out);
    if (values.run.exception_count) add_highs(&values, count, out);
    for (uint32_t i = 0; i < RUN_POSTINGS; i++) {
        sum_values(out, positions->tfs[i]);
        out += positions->tfs[i];
    }
}

uint32_t positions_count(Positions *positions, uint32_t number)
{
    const Postings *list = positions->list;
    if (postings_is_inline(list)) return list->tf;
    uint32_t run = number / RUN_POSTINGS;
    if (positions->run != run) decode_tfs(positions, run);
    return positions->tfs[number % RUN_POSTINGS];
}

void positions_fetch_directory(const Positions *positions, uint32_t number)
{
    if (!class_has_groups(positions->list->kind)) return;
    size_t group = number / BLOCK_POSTINGS;
    PREFETCH(positions->data + sizeof(uint32_t) * group);
}

static void fetch_tfs(const Postings *list, uint32_t number)
{
    size_t first = number / RUN_POSTINGS * RUN_POSTINGS;
    if (postings_is_bitmap(list)) {
        PREFETCH(list->tf_stream + codec_size(first, list->tf_bits));
    } else {
        Block block = postings_block(list, number / BLOCK_POSTINGS);
        PREFETCH(block.tfs + codec_size(first % BLOCK_POSTINGS, block.tf_bits));
    }
}

void positions_fetch_group(const Positions *positions, uint32_t number)
{
    const Postings *list = positions->list;
    if (!class_has_groups(list->kind)) return;
    PREFETCH(positions->data + group_place(positions, number / BLOCK_POSTINGS));
    fetch_tfs(list, number);
}

void positions_fetch_values(const Positions *positions, uint32_t number)
{
    const Postings *list = positions->list;
    uint32_t group = number / BLOCK_POSTINGS;
    uint32_t run = number / RUN_POSTINGS % GROUP_RUNS;
    if (!class_has_groups(list->kind)) return;
    const uint8_t *headers = positions->data + group_place(positions, group);
    uint32_t runs = group_run_count(group_size(list, group));
    uint32_t start = run ? group_run_start(headers, runs, run) : 0;
    PREFETCH(headers + group_header_bytes(runs) + start);
}

/* --- Checking --- */

static bool inline_legal(const Postings *list, uint32_t gap)
{
    uint32_t out[INLINE_POSITIONS]; /* term_record_parse knows their order */
    uint32_t count = get_inline(list, out, INLINE_POSITIONS);
    for (uint32_t i = 0; i < count; i++) {
        if (gap && out[i] == gap) return false;
    }
    return true;
}

static bool exceptions_ascend(const PositionRun *run, uint64_t value_count)
{
    uint64_t next = 0;
    for (uint32_t i = 0; i < run->exception_count; i++) {
        uint32_t index = run_exception_index(run, i);
        if (index < next || index >= value_count) return false;
        next = (uint64_t)index + 1;
    }
    return true;
}

/* Steps over `count` values without bits: as many positions one after the
 * other, of which there may be billions. */
static bool steps_are_legal(uint64_t *next, uint64_t count, uint32_t gap)
{
    uint64_t end = *next + count;
    if (end > POSITION_LIMIT) return false;
    if (gap && gap >= *next && gap < end) return false;
    *next = end;
    return true;
}

/* One value: *next becomes the smallest that the next position may be. */
static bool step_is_legal(uint64_t *next, uint64_t value, uint32_t gap)
{
    *next += value;
    return steps_are_legal(next, 1, gap);
}

bool positions_legal(Positions *positions, uint32_t number, uint32_t gap)
{
    const Postings *list = positions->list;
    if (list->inline_positions.size) return inline_legal(list, gap);
    PostingValues values = find_values(positions, number);
    const PositionRun *run = &values.run;
    if (!exceptions_ascend(run, sum_tfs(positions))) return false;
    uint64_t next = 0, end = values.first + values.tf;
    uint32_t exception = run_find_exception(run, (uint32_t)values.first);
    for (uint64_t i = values.first; i < end;) {
        bool left = exception < run->exception_count;
        uint64_t at = left ? run_exception_index(run, exception) : end;
        if (at > end) at = end;
        if (run->low_bits == 0 && at > i) {
            if (!steps_are_legal(&next, at - i, gap)) return false;
            i = at;
            continue;
        }
        uint64_t value = codec_get(run->low, run->low_bits, i);
        if (at == i) {
            value += (uint64_t)codec_get(run->highs, run->high_bits, exception)
                     << run->low_bits;
            exception++;
        }
        if (!step_is_legal(&next, value, gap)) return false;
        i++;
    }
    return true;
}
