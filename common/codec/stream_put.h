/* stream_put.h - appends packed streams (FORMAT.md) to a Buf. */
#ifndef QUERN_CODEC_STREAM_PUT_H
#define QUERN_CODEC_STREAM_PUT_H

#include "common/base/buf.h"
#include "common/codec/bitpack.h"

/* The smallest width that holds all values. */
static inline uint32_t stream_width(const uint32_t *values, size_t count)
{
    uint32_t all = 0;
    for (size_t i = 0; i < count; i++) all |= values[i];
    return bit_width(all);
}

static inline void stream_put(Buf *out, const uint32_t *values, size_t count,
                              uint32_t width)
{
    size_t size = bitpack_bytes(count, width);
    uint8_t *at = buf_reserve(out, size);
    if (!at) return;
    bitpack_put(at, values, count, width);
    out->size += size;
}

#endif
