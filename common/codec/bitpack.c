/* bitpack.c - writes streams, and chooses a decoder. */
#include "common/codec/bitpack.h"

#include "common/base/cpu.h"
#include "common/codec/bitpack_kernels.h"

#include <assert.h>

/* A stream that is written. */
typedef struct BitWriter {
    uint8_t *out;
    uint64_t pending; /* bits not yet written */
    uint32_t pending_bits;
} BitWriter;

/* Puts `group` values at a time, as one word, while 8 bytes of the stream are
 * left: the bytes that a word does not fill are overwritten by the next.
 * group * width is at most 64 and a multiple of 4; if not of 8, at most 60.
 * Returns how many values were put. */
static inline size_t put_groups(BitWriter *writer, const uint32_t *values,
                                size_t count, uint32_t width, uint32_t group)
{
    size_t done = 0;
    for (; (count - done) * width >= 64; done += group) {
        uint64_t word = 0;
        for (uint32_t i = 0; i < group; i++)
            word |= (uint64_t)values[done + i] << i * width;
        word = writer->pending | word << writer->pending_bits;
        put_u64le(writer->out, word);
        uint32_t bits = writer->pending_bits + group * width;
        writer->out += bits / 8;
        writer->pending_bits = bits % 8;
        writer->pending = bits % 8 ? word >> (bits - bits % 8) : 0;
    }
    return done;
}

static void put_bits(BitWriter *writer, uint32_t value, uint32_t width)
{
    writer->pending |= (uint64_t)value << writer->pending_bits;
    writer->pending_bits += width;
    while (writer->pending_bits >= 8) {
        *writer->out++ = (uint8_t)writer->pending;
        writer->pending >>= 8;
        writer->pending_bits -= 8;
    }
}

void bitpack_put(uint8_t *out, const uint32_t *values, size_t count,
                 uint32_t width)
{
    if (width == 0) return;
    for (size_t i = 0; i < count; i++) assert(bit_width(values[i]) <= width);
    BitWriter writer = {.out = out};
    size_t done = 0;
    if (width <= 8) {
        done = put_groups(&writer, values, count, width, 8);
    } else if (width <= 16) {
        done = put_groups(&writer, values, count, width, 4);
    }
    for (; done < count; done++) put_bits(&writer, values[done], width);
    if (writer.pending_bits) *writer.out = (uint8_t)writer.pending;
}

static const BitpackKernels *kernels(void)
{
#if defined(__x86_64__)
    switch (cpu_level()) {
    case CPU_AVX512: return &bitpack_avx512;
    case CPU_AVX2: return &bitpack_avx2;
    case CPU_NEON:
    case CPU_SCALAR:
    case CPU_LEVELS: break;
    }
#elif defined(__aarch64__)
    if (cpu_level() == CPU_NEON) return &bitpack_neon;
#endif
    return &bitpack_scalar;
}

void bitpack_unpack(const uint8_t *stream, uint32_t width, size_t count,
                    uint32_t add, uint32_t *out)
{
    if (width == 0) {
        for (size_t i = 0; i < count; i++) out[i] = add;
    } else if (width == BITPACK_RAW_WIDTH) {
        for (size_t i = 0; i < count; i++) {
            out[i] = get_u32le(stream + 4 * i) + add;
        }
    } else {
        kernels()->unpack(stream, width, count, add, out);
    }
}

void bitpack_unpack_deltas(const uint8_t *stream, uint32_t width, size_t count,
                           uint32_t before, uint32_t *out)
{
    if (width == 0) {
        for (size_t i = 0; i < count; i++) out[i] = before + (uint32_t)i + 1;
    } else if (width == BITPACK_RAW_WIDTH) {
        for (size_t i = 0; i < count; i++) {
            before += get_u32le(stream + 4 * i) + 1;
            out[i] = before;
        }
    } else {
        kernels()->unpack_deltas(stream, width, count, before, out);
    }
}

void bitpack_unpack_sums(const uint8_t *stream, uint32_t width, size_t first,
                         uint32_t *out)
{
    size_t bit = first * width;
    if (width == 0) {
        for (uint32_t i = 0; i < BITPACK_SUMS; i++) out[i] = i;
    } else if (width == BITPACK_RAW_WIDTH) {
        bitpack_unpack_deltas(stream + bit / 8, width, BITPACK_SUMS, UINT32_MAX,
                              out);
    } else if (width > BITPACK_SUMS_WIDTH) {
        bitpack_unpack_sums_scalar(stream, width, bit, out);
    } else {
        kernels()->unpack_sums(stream, width, bit, out);
    }
}

uint32_t bitpack_count_below(const uint8_t *stream, uint32_t width,
                             size_t count, uint32_t limit)
{
    if (width == 0 || width == BITPACK_RAW_WIDTH)
        return bitpack_count_below_scalar(stream, width, count, limit);
    return kernels()->count_below(stream, width, count, limit);
}
