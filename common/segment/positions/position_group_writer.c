/* position_group_writer.c - packs the positions of up to 128 postings: the
 * headers of all runs, then the runs. */
#include "common/segment/positions/position_group_writer.h"

#include "common/segment/positions/position_run.h"

enum { VALUE_BITS = 32 };

/* How many of the values take each number of bits. */
typedef struct WidthCounts {
    size_t of[VALUE_BITS + 1];
    uint32_t max_bits;
} WidthCounts;

static WidthCounts count_widths(const uint32_t *values, size_t count)
{
    WidthCounts counts = {0};
    uint32_t all = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = values[i] ? 32 - (uint32_t)__builtin_clz(values[i]) : 0;
        counts.of[bits]++;
        all |= values[i];
    }
    counts.max_bits = all ? 32 - (uint32_t)__builtin_clz(all) : 0;
    return counts;
}

static uint16_t make_header(uint32_t low_bits, uint32_t high_bits,
                            size_t exceptions)
{
    uint32_t width = low_bits > BITPACK_MAX_WIDTH ? RUN_RAW_WIDTH : low_bits;
    return (uint16_t)(width | high_bits << RUN_WIDTH_BITS |
                      exceptions << 2 * RUN_WIDTH_BITS);
}

/* The header of the smallest run; of equal sizes the one with the fewest
 * exceptions. */
static uint16_t choose_header(const uint32_t *values, size_t count)
{
    WidthCounts counts = count_widths(values, count);
    uint32_t max_bits = counts.max_bits;
    uint16_t best = make_header(max_bits, 0, 0);
    uint64_t best_size = run_size(best, count);
    size_t exceptions = 0;
    for (uint32_t low = max_bits; low-- > 0;) {
        exceptions += counts.of[low + 1];
        if (exceptions > RUN_MAX_EXCEPTIONS) break;
        if (low > BITPACK_MAX_WIDTH || max_bits - low > BITPACK_MAX_WIDTH)
            continue;
        if (!exceptions) continue;
        uint16_t header = make_header(low, max_bits - low, exceptions);
        uint64_t size = run_size(header, count);
        if (size >= best_size) continue;
        best = header;
        best_size = size;
    }
    return best;
}

static void put_low_bits(Buf *out, const uint32_t *values, size_t count,
                         uint32_t width)
{
    enum { CHUNK = 1024 }; /* fills whole bytes */
    uint32_t low[CHUNK];
    uint32_t mask = (uint32_t)((1ull << width) - 1);
    for (size_t first = 0; first < count; first += CHUNK) {
        size_t here = count - first < CHUNK ? count - first : CHUNK;
        for (size_t i = 0; i < here; i++) low[i] = values[first + i] & mask;
        codec_put(out, low, here, width);
    }
}

static void put_run(Buf *out, const uint32_t *values, size_t count,
                    uint16_t header)
{
    uint32_t low_bits = run_low_bits(header);
    uint32_t indexes[RUN_MAX_EXCEPTIONS], highs[RUN_MAX_EXCEPTIONS];
    uint32_t exceptions = 0;
    if (!run_exception_count(header)) {
        codec_put(out, values, count, low_bits);
        return;
    }
    put_low_bits(out, values, count, low_bits);
    for (size_t i = 0; i < count; i++) {
        if (!(values[i] >> low_bits)) continue;
        indexes[exceptions] = (uint32_t)i;
        highs[exceptions++] = values[i] >> low_bits;
    }
    codec_put(out, indexes, exceptions, run_index_bits(count));
    codec_put(out, highs, exceptions, run_high_bits(header));
}

/* Where run 1 .. 3 starts, which is as far as the group goes. */
static void put_start(Buf *out, size_t headers, uint32_t run_count,
                      uint32_t run)
{
    size_t start = out->size - headers - group_header_bytes(run_count);
    if (start > RUN_START_LIMIT) start = RUN_START_LIMIT;
    put_u16le(out->data + headers + (size_t)run_count * RUN_HEADER_BYTES +
                  (size_t)(run - 1) * RUN_START_BYTES,
              (uint16_t)start);
}

void position_group_put(Buf *out, const uint32_t *values, const uint32_t *tfs,
                        uint32_t df)
{
    size_t headers = out->size;
    uint32_t run_count = group_run_count(df);
    buf_put_zeros(out, group_header_bytes(run_count));
    for (uint32_t run = 0; run < run_count && out->status == OK; run++) {
        size_t count = 0;
        for (uint32_t i = run * RUN_POSTINGS;
             i < df && i < (run + 1) * RUN_POSTINGS; i++)
            count += tfs[i];
        uint16_t header = choose_header(values, count);
        put_u16le(out->data + headers + (size_t)run * RUN_HEADER_BYTES, header);
        if (run) put_start(out, headers, run_count, run);
        put_run(out, values, count, header);
        values += count;
    }
}
