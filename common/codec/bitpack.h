/* bitpack.h - bit packing: integers of w bits each, contiguous (FORMAT.md).
 *
 * Value i of a stream is at bit i * w, so that any value is one load and a
 * shift. Legal widths: 0 .. 25 and 32. Decoders work on 16 values at a time:
 * they may read up to 64 bytes past a stream, and `out` needs room for the
 * count rounded up to 16; values from `count` on are undefined.
 * Thread-safe. The kernels are chosen once by cpu_level.
 */
#ifndef QUERN_CODEC_BITPACK_H
#define QUERN_CODEC_BITPACK_H

#include "common/base/bytes.h"

#include <stddef.h>
#include <stdint.h>

enum {
    BITPACK_MAX_WIDTH = 25,
    BITPACK_RAW_WIDTH = 32,
    BITPACK_SUMS = 16 /* values that bitpack_unpack_sums adds up */
};

/* The smallest legal width for values up to `max`. */
static inline uint32_t bit_width(uint32_t max)
{
    uint32_t bits = max ? 32 - (uint32_t)__builtin_clz(max) : 0;
    return bits <= BITPACK_MAX_WIDTH ? bits : BITPACK_RAW_WIDTH;
}

static inline size_t bitpack_bytes(size_t count, uint32_t width)
{
    return (count * width + 7) / 8;
}

/* Writes bitpack_bytes(count, width) bytes; every value must fit. */
void bitpack_put(uint8_t *out, const uint32_t *values, size_t count,
                 uint32_t width);

/* Value i alone. */
static inline uint32_t bitpack_get(const uint8_t *stream, uint32_t width,
                                   size_t i)
{
    size_t bit = i * width;
    uint32_t word = get_u32le(stream + bit / 8);
    if (width == 32) return word;
    return (word >> (bit % 8)) & ((1u << width) - 1);
}

/* out[i] = value i + add */
void bitpack_unpack(const uint8_t *stream, uint32_t width, size_t count,
                    uint32_t add, uint32_t *out);

/* out[i] = out[i - 1] + value i + 1, where out[-1] is `before` (UINT32_MAX
 * means -1): deltas to docids. */
void bitpack_unpack_deltas(const uint8_t *stream, uint32_t width, size_t count,
                           uint32_t before, uint32_t *out);

/* out[i] = out[i - 1] + value first + i + 1, where out[-1] is -1: the sums of
 * BITPACK_SUMS values from any one on. */
void bitpack_unpack_sums(const uint8_t *stream, uint32_t width, size_t first,
                         uint32_t *out);

/* How many of the first `count` values are below `limit`, which is below 2^31.
 */
uint32_t bitpack_count_below(const uint8_t *stream, uint32_t width,
                             size_t count, uint32_t limit);

#endif
