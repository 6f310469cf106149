/* position_run.h - the position values of up to 32 postings: PFOR.
 *
 * Most values fit in a few bits; the high bits of those that do not, the
 * exceptions, are kept apart (patched frame of reference: Zukowski, Heman, Nes
 * and Boncz, Super-Scalar RAM-CPU Cache Compression, ICDE 2006; Yan, Ding and
 * Suel, Inverted Index Compression and Query Processing with Optimized Document
 * Ordering, WWW 2009). FORMAT.md, positions:
 *
 *   low      one value of low_bits for each position value
 *   indexes  for each exception the index of its value in the run, ascending
 *   highs    for each exception its bits above low_bits
 *
 * Three streams, whole bytes each. A u16 in the header of the group has the
 * widths and the number of exceptions.
 */
#ifndef QUERN_POSITIONS_POSITION_RUN_H
#define QUERN_POSITIONS_POSITION_RUN_H

#include "common/codec/block_codec.h"
#include "common/segment/format.h"

enum { GROUP_RUNS = BLOCK_POSTINGS / RUN_POSTINGS };

/* The runs of a group of `postings` postings, 1 .. 128. */
static inline uint32_t group_run_count(uint32_t postings)
{
    return (postings + RUN_POSTINGS - 1) / RUN_POSTINGS;
}

/* The bytes before the first run of a group: a header of each run, where each
 * but the first starts. */
static inline uint32_t group_header_bytes(uint32_t run_count)
{
    return run_count * RUN_HEADER_BYTES + (run_count - 1) * RUN_START_BYTES;
}

static inline uint16_t group_run_header(const uint8_t *group, uint32_t run)
{
    return get_u16le(group + (size_t)run * RUN_HEADER_BYTES);
}

/* Where run 1 .. 3 starts, in bytes from the first; RUN_START_LIMIT: there or
 * after it. */
static inline uint16_t group_run_start(const uint8_t *group, uint32_t run_count,
                                       uint32_t run)
{
    return get_u16le(group + (size_t)run_count * RUN_HEADER_BYTES +
                     (size_t)(run - 1) * RUN_START_BYTES);
}

/* The streams of a run; borrowed. */
typedef struct PositionRun {
    const uint8_t *low, *indexes, *highs;
    uint32_t low_bits, index_bits, high_bits;
    uint32_t exception_count;
} PositionRun;

static inline uint32_t run_low_bits(uint16_t header)
{
    uint32_t width = header % (1u << RUN_WIDTH_BITS);
    return width == RUN_RAW_WIDTH ? BITPACK_RAW_WIDTH : width;
}

static inline uint32_t run_high_bits(uint16_t header)
{
    return header >> RUN_WIDTH_BITS & ((1u << RUN_WIDTH_BITS) - 1);
}

static inline uint32_t run_exception_count(uint16_t header)
{
    return header >> 2 * RUN_WIDTH_BITS;
}

/* The width of indexes into `count` values. */
static inline uint32_t run_index_bits(uint64_t count)
{
    return count > 1 ? codec_width((uint32_t)(count - 1)) : 0;
}

/* Whether a run of `count` values may have this header. */
static inline bool run_header_is_legal(uint16_t header, uint64_t count)
{
    uint32_t low = run_low_bits(header), high = run_high_bits(header);
    uint32_t exceptions = run_exception_count(header);
    return codec_width_is_legal(low) && codec_width_is_legal(high) &&
           low + high <= BITPACK_RAW_WIDTH && (exceptions > 0) == (high > 0) &&
           exceptions <= count && count <= UINT32_MAX;
}

/* The bytes of a run of `count` values. */
static inline uint64_t run_size(uint16_t header, uint64_t count)
{
    uint32_t exceptions = run_exception_count(header);
    return codec_size(count, run_low_bits(header)) +
           codec_size(exceptions, run_index_bits(count)) +
           codec_size(exceptions, run_high_bits(header));
}

/* The run of `count` values at `start`. */
static inline PositionRun run_at(const uint8_t *start, uint16_t header,
                                 uint64_t count)
{
    PositionRun run = {.low = start,
                       .low_bits = run_low_bits(header),
                       .index_bits = run_index_bits(count),
                       .high_bits = run_high_bits(header),
                       .exception_count = run_exception_count(header)};
    run.indexes = run.low + codec_size(count, run.low_bits);
    run.highs = run.indexes + codec_size(run.exception_count, run.index_bits);
    return run;
}

/* The bytes of a group at `headers` whose runs have these counts of values; 0
 * if a header is not legal, or says that its run starts elsewhere. */
static inline uint64_t group_legal_size(const uint8_t *headers, uint32_t runs,
                                        const uint64_t *counts)
{
    uint64_t size = 0;
    for (uint32_t run = 0; run < runs; run++) {
        uint16_t header = group_run_header(headers, run);
        uint64_t start = size < RUN_START_LIMIT ? size : RUN_START_LIMIT;
        if (!run_header_is_legal(header, counts[run]) ||
            (run && group_run_start(headers, runs, run) != start))
            return 0;
        size += run_size(header, counts[run]);
    }
    return group_header_bytes(runs) + size;
}

/* All values of a run; `out` has room for 16 more. Exceptions of values that
 * are not there are ignored. */
static inline void run_decode(const PositionRun *run, size_t count,
                              uint32_t *out)
{
    uint32_t indexes[RUN_MAX_EXCEPTIONS + 16], highs[RUN_MAX_EXCEPTIONS + 16];
    uint32_t exceptions = run->exception_count;
    codec_decode(run->low, run->low_bits, count, 0, out);
    if (!exceptions) return;
    codec_decode(run->indexes, run->index_bits, exceptions, 0, indexes);
    codec_decode(run->highs, run->high_bits, exceptions, 0, highs);
    for (uint32_t i = 0; i < exceptions; i++) {
        if (indexes[i] < count) out[indexes[i]] += highs[i] << run->low_bits;
    }
}

/* Index of the value of exception i. */
static inline uint32_t run_exception_index(const PositionRun *run, uint32_t i)
{
    return codec_get(run->indexes, run->index_bits, i);
}

/* What exception i adds to its value. */
static inline uint32_t run_exception_high(const PositionRun *run, uint32_t i)
{
    return codec_get(run->highs, run->high_bits, i) << run->low_bits;
}

/* The first exception whose value is at `index` or after it. */
static inline uint32_t run_find_exception(const PositionRun *run,
                                          uint32_t index)
{
    uint32_t at = 0;
    for (uint32_t left = run->exception_count; left > 0;) {
        uint32_t half = (left + 1) / 2;
        at += run_exception_index(run, at + half - 1) < index ? half : 0;
        left -= half;
    }
    return at;
}

#endif
