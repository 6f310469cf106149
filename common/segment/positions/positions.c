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
#include "common/segment/positions/run_sums.h"
#include "common/segment/segment_internal.h"

#include <assert.h>

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

/* Their tfs. */
static void decode_tfs(const Postings *list, uint32_t run, uint32_t count,
                       uint32_t *tfs)
{
    if (postings_is_inline(list)) {
        tfs[0] = list->tf;
    } else if (postings_is_bitmap(list)) {
        postings_bitmap_tfs(list, run * RUN_POSTINGS, count, tfs);
    } else {
        Block block = postings_block(list, run / GROUP_RUNS);
        size_t first = (size_t)(run % GROUP_RUNS) * RUN_POSTINGS;
        codec_decode(block.tfs + codec_size(first, block.tf_bits),
                     block.tf_bits, count, 1, tfs);
    }
}

/* The number of values of a run that may not be legal: a sum of tfs. */
static uint64_t count_values(const Postings *list, uint32_t run)
{
    uint32_t tfs[RUN_POSTINGS + 16], count = run_size_of(list, run);
    uint64_t sum = 0;
    decode_tfs(list, run, count, tfs);
    for (uint32_t i = 0; i < count; i++) sum += tfs[i];
    return sum;
}

/* The tf - 1 of the run's postings as a stream; NULL if they are not all in
 * it. */
static const uint8_t *tf_stream_of(const Postings *list, uint32_t run,
                                   uint32_t *bits)
{
    if (postings_is_inline(list)) return NULL;
    if (!postings_is_bitmap(list)) {
        Block block = postings_block(list, run / GROUP_RUNS);
        size_t first = (size_t)(run % GROUP_RUNS) * RUN_POSTINGS;
        *bits = block.tf_bits;
        return block.tfs + codec_size(first, *bits);
    }
    *bits = list->tf_bits;
    const uint8_t *stream = list->tf_stream +
                            codec_size((size_t)run * RUN_POSTINGS, *bits);
    RunSums ignored;
    bool whole = !list->exception_count ||
                 sum_bitmap_tfs(list, run, 0, &ignored);
    return whole ? stream : NULL;
}

/* A sum of tfs is a sum of differences - 1, as of docids. */
static void decode_starts(Positions *positions, uint32_t run)
{
    const Postings *list = positions->list;
    uint32_t count = run_size_of(list, run), bits = 0;
    uint32_t *starts = positions->starts;
    const uint8_t *stream = tf_stream_of(list, run, &bits);
    starts[0] = 0;
    if (LIKELY(stream != NULL)) {
        codec_decode_deltas(stream, bits, count, 0, starts + 1);
    } else {
        decode_tfs(list, run, count, starts + 1);
        for (uint32_t i = 1; i <= count; i++) starts[i] += starts[i - 1];
    }
    positions->run = run;
}

/* The number of values of a run, which is decoded if it is not. */
static uint32_t run_values(Positions *positions, uint32_t run)
{
    if (positions->run != run) decode_starts(positions, run);
    return positions->starts[run_size_of(positions->list, run)];
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

/* A group that begins `offset` bytes after the term's start: checks it, and
 * adds the number of its values to *total. *bytes is its size. */
static Status validate_group(Segment *segment, Positions *positions,
                             uint32_t group, uint64_t offset, uint64_t *bytes,
                             uint64_t *total, Error *error)
{
    const Postings *list = positions->list;
    uint32_t runs = group_run_count(group_size(list, group));
    uint64_t place = list->positions_offset + offset, counts[GROUP_RUNS];
    Status status = segment_verify(segment, SECTION_POSITIONS, place,
                                   group_header_bytes(runs), error);
    if (status != OK) return status;
    for (uint32_t run = 0; run < runs; run++) {
        counts[run] = count_values(list, group * GROUP_RUNS + run);
        *total += counts[run];
    }
    *bytes = group_legal_size(positions->data + offset, runs, counts);
    if (*bytes == 0) return positions_fail(segment, list, error);
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

static inline RunSums sums_at(Positions *positions, uint32_t run,
                              uint32_t place)
{
    const Postings *list = positions->list;
    RunSums sums;
    if (positions->run != run && postings_is_bitmap(list) &&
        run_size_of(list, run) == RUN_POSTINGS &&
        sum_bitmap_tfs(list, run, place, &sums))
        return sums;
    sums.all = run_values(positions, run);
    sums.before = positions->starts[place];
    sums.tf = positions->starts[place + 1] - sums.before;
    return sums;
}

/* Where a run begins that starts far after the first of its group. */
static NEVER_INLINE uint64_t find_far_start(Positions *positions,
                                            const uint8_t *headers,
                                            uint32_t run)
{
    uint64_t start = 0;
    for (uint32_t i = run - run % GROUP_RUNS; i < run; i++) {
        start += run_size(group_run_header(headers, i % GROUP_RUNS),
                          run_values(positions, i));
    }
    return start;
}

/* From its group to the run of a posting. */
static inline void find_run(Positions *positions, PositionPlace *place)
{
    const uint8_t *headers = place->at;
    uint32_t run = place->number / RUN_POSTINGS, in_group = run % GROUP_RUNS;
    uint32_t runs = group_run_count(
        group_size(positions->list, run / GROUP_RUNS));
    place->header = group_run_header(headers, in_group);
    place->at += group_header_bytes(runs);
    if (in_group == 0) return;
    uint64_t start = group_run_start(headers, runs, in_group);
    if (UNLIKELY(start == RUN_START_LIMIT))
        start = find_far_start(positions, headers, run);
    place->at += start;
}

static inline PostingValues values_at(Positions *positions,
                                      const PositionPlace *place)
{
    RunSums sums = sums_at(positions, place->number / RUN_POSTINGS,
                           place->number % RUN_POSTINGS);
    return (PostingValues){run_at(place->at, place->header, sums.all),
                           sums.before, sums.tf};
}

static inline const uint8_t *group_of(const Positions *positions,
                                      uint32_t number)
{
    return class_has_groups(positions->list->kind)
               ? positions->data +
                     group_place(positions, number / BLOCK_POSTINGS)
               : positions->data;
}

/* Not for positions that are in the record. */
static inline PostingValues find_values(Positions *positions, uint32_t number)
{
    PositionPlace place = {.at = group_of(positions, number), .number = number};
    find_run(positions, &place);
    return values_at(positions, &place);
}

/* The positions, as if there were no exceptions: from the first value and
 * differences - 1. */
static inline void sum_low_bits(const PostingValues *values, uint32_t count,
                                uint32_t *out)
{
    const PositionRun *run = &values->run;
    uint32_t next = 0; /* what the first position would be at least */
    for (uint32_t done = 0; done < count; done += CODEC_SUMS) {
        uint32_t sums[CODEC_SUMS], left = count - done;
        codec_decode_sums(run->low, run->low_bits, (size_t)values->first + done,
                          sums);
        for (uint32_t i = 0; i < CODEC_SUMS; i++) sums[i] += next;
        next = sums[CODEC_SUMS - 1] + 1;
        memcpy(out + done, sums,
               (left < CODEC_SUMS ? left : CODEC_SUMS) * sizeof *sums);
    }
}

/* The first exception whose value is at `index` or after it. */
static inline uint32_t find_exception(const PositionRun *run, uint32_t index)
{
    if (index > INT32_MAX) return run_find_exception(run, index);
    return codec_count_below(run->indexes, run->index_bits,
                             run->exception_count, index);
}

/* Adds what exceptions have above their low bits, to their own position and to
 * those after it. */
static inline void add_highs(const PostingValues *values, uint32_t count,
                             uint32_t *out)
{
    const PositionRun *run = &values->run;
    uint32_t first = values->first;
    for (uint32_t i = find_exception(run, first); i < run->exception_count;
         i++) {
        uint32_t index = run_exception_index(run, i) - first;
        if (index >= count) break;
        uint32_t high = run_exception_high(run, i);
        for (uint32_t j = index; j < count; j++) out[j] += high;
    }
}

/* The same for POSITIONS_FEW numbers, of which the posting's are the first. */
static inline void add_few_highs(const PostingValues *values, uint32_t *out)
{
    const PositionRun *run = &values->run;
    uint32_t first = values->first;
    for (uint32_t i = find_exception(run, first); i < run->exception_count;
         i++) {
        uint32_t index = run_exception_index(run, i) - first;
        if (index >= values->tf) break;
        uint32_t high = run_exception_high(run, i);
        for (uint32_t j = 0; j < POSITIONS_FEW; j++)
            out[j] += j >= index ? high : 0;
    }
}

uint32_t positions_get(Positions *positions, uint32_t number, uint32_t *out,
                       uint32_t limit)
{
    const Postings *list = positions->list;
    assert(number < list->df);
    if (list->inline_positions.size) return get_inline(list, out, limit);
    PostingValues values = find_values(positions, number);
    uint32_t count = values.tf < limit ? values.tf : limit;
    sum_low_bits(&values, count, out);
    if (values.run.exception_count) add_highs(&values, count, out);
    return count;
}

uint32_t positions_get_few(Positions *positions, const PositionPlace *place,
                           uint32_t *out)
{
    const Postings *list = positions->list;
    if (list->inline_positions.size) {
        memset(out, 0xff, POSITIONS_FEW * sizeof *out);
        return get_inline(list, out, POSITIONS_FEW);
    }
    PostingValues values = values_at(positions, place);
    if (values.tf > POSITIONS_FEW || values.run.low_bits > BITPACK_MAX_WIDTH)
        return 0;
    codec_decode_sums(values.run.low, values.run.low_bits, values.first, out);
    if (values.run.exception_count) add_few_highs(&values, out);
    return values.tf;
}

uint64_t positions_run_count(Positions *positions, uint32_t run)
{
    return run_values(positions, run);
}

void positions_get_run(Positions *positions, uint32_t run, uint32_t *out)
{
    PostingValues values = find_values(positions, run * RUN_POSTINGS);
    uint32_t postings = run_size_of(positions->list, run);
    uint32_t count = run_values(positions, run);
    run_decode(&values.run, count, out);
    for (uint32_t i = 0; i < postings; i++) {
        uint32_t tf = positions->starts[i + 1] - positions->starts[i];
        for (uint32_t j = 1; j < tf; j++) out[j] += out[j - 1] + 1;
        out += tf;
    }
}

uint32_t positions_count(Positions *positions, uint32_t number)
{
    const Postings *list = positions->list;
    if (postings_is_inline(list)) return list->tf;
    uint32_t run = number / RUN_POSTINGS;
    if (postings_is_bitmap(list)) return postings_bitmap_tf(list, number);
    if (positions->run != run) decode_starts(positions, run);
    const uint32_t *starts = positions->starts + number % RUN_POSTINGS;
    return starts[1] - starts[0];
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

void positions_find_group(const Positions *positions, uint32_t number,
                          PositionPlace *place)
{
    *place = (PositionPlace){.at = positions->data, .number = number};
    if (!class_has_groups(positions->list->kind)) return;
    place->at = group_of(positions, number);
    PREFETCH(place->at);
    fetch_tfs(positions->list, number);
}

void positions_find_run(Positions *positions, PositionPlace *place)
{
    if (positions->list->inline_positions.size) return;
    find_run(positions, place);
    PREFETCH(place->at);
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
    if (!exceptions_ascend(run, run_values(positions, number / RUN_POSTINGS)))
        return false;
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
