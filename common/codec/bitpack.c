/* bitpack.c - writes streams, and chooses a decoder. */
#include "common/codec/bitpack.h"

#include "common/base/cpu.h"
#include "common/codec/bitpack_kernels.h"

#include <assert.h>

void bitpack_put(uint8_t *out, const uint32_t *values, size_t count,
                 uint32_t width)
{
    uint64_t pending = 0; /* bits not yet written, fewer than 8 */
    uint32_t pending_bits = 0;
    for (size_t i = 0; i < count && width; i++) {
        assert(bit_width(values[i]) <= width);
        pending |= (uint64_t)values[i] << pending_bits;
        pending_bits += width;
        while (pending_bits >= 8) {
            *out++ = (uint8_t)pending;
            pending >>= 8;
            pending_bits -= 8;
        }
    }
    if (pending_bits) *out = (uint8_t)pending;
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
