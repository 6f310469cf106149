/* block_codec.h - lists of integers as streams of bytes: encode, decode, get,
 * size. All other folders use this interface.
 *
 * The `width`, a byte that is stored next to each stream, selects the codec and
 * its parameter. 0 .. 25 and 32 are bit packing (bitpack.h) with that many bits
 * a value, the only codec so far; a second one takes other numbers and is
 * added in this folder alone.
 *
 * Decoders may read up to 64 bytes past a stream, and `out` needs room for the
 * count rounded up to 16; values from `count` on are undefined. Thread-safe.
 */
#ifndef QUERN_CODEC_BLOCK_CODEC_H
#define QUERN_CODEC_BLOCK_CODEC_H

#include "common/base/buf.h"
#include "common/codec/bitpack.h"

/* The best width for values up to `max`. */
static inline uint32_t codec_width(uint32_t max)
{
    return bit_width(max);
}

/* The best width for these values. */
static inline uint32_t codec_width_of(const uint32_t *values, size_t count)
{
    uint32_t all = 0;
    for (size_t i = 0; i < count; i++) all |= values[i];
    return codec_width(all);
}

/* Whether there is a codec for this width. */
static inline bool codec_width_is_legal(uint32_t width)
{
    return width <= BITPACK_MAX_WIDTH || width == BITPACK_RAW_WIDTH;
}

/* The bytes of a stream. Value i of it begins at codec_size(i, width), if i is
 * a multiple of 8. */
static inline size_t codec_size(size_t count, uint32_t width)
{
    return bitpack_bytes(count, width);
}

/* Writes codec_size(count, width) bytes; every value must fit. */
static inline void codec_encode(uint8_t *out, const uint32_t *values,
                                size_t count, uint32_t width)
{
    bitpack_put(out, values, count, width);
}

/* Appends the stream to a buffer. */
static inline void codec_put(Buf *out, const uint32_t *values, size_t count,
                             uint32_t width)
{
    size_t size = codec_size(count, width);
    uint8_t *at = buf_reserve(out, size);
    if (!at) return;
    codec_encode(at, values, count, width);
    out->size += size;
}

/* Value i alone. */
static inline uint32_t codec_get(const uint8_t *stream, uint32_t width,
                                 size_t i)
{
    return bitpack_get(stream, width, i);
}

/* out[i] = value i + add */
static inline void codec_decode(const uint8_t *stream, uint32_t width,
                                size_t count, uint32_t add, uint32_t *out)
{
    bitpack_unpack(stream, width, count, add, out);
}

/* out[i] = out[i - 1] + value i + 1, where out[-1] is `before` (UINT32_MAX
 * means -1): deltas to docids. */
static inline void codec_decode_deltas(const uint8_t *stream, uint32_t width,
                                       size_t count, uint32_t before,
                                       uint32_t *out)
{
    bitpack_unpack_deltas(stream, width, count, before, out);
}

/* out[i] = out[i - 1] + value first + i + 1, where out[-1] is -1: the sums of
 * CODEC_SUMS values from any one on. */
enum { CODEC_SUMS = BITPACK_SUMS };
static inline void codec_decode_sums(const uint8_t *stream, uint32_t width,
                                     size_t first, uint32_t *out)
{
    bitpack_unpack_sums(stream, width, first, out);
}

/* How many of the first `count` values are below `limit`, which is below 2^31.
 */
static inline uint32_t codec_count_below(const uint8_t *stream, uint32_t width,
                                         size_t count, uint32_t limit)
{
    return bitpack_count_below(stream, width, count, limit);
}

/* Whether the bits after the last value are 0. */
static inline bool codec_is_clean(const uint8_t *stream, size_t count,
                                  uint32_t width)
{
    size_t bits = count * width;
    return bits % 8 == 0 || stream[bits / 8] >> (bits % 8) == 0;
}

#endif
