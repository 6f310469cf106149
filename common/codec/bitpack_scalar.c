/* bitpack_scalar.c - the portable reference decoder. */
#include "common/codec/bitpack.h"
#include "common/codec/bitpack_kernels.h"

static void unpack(const uint8_t *stream, uint32_t width, size_t count,
                   uint32_t add, uint32_t *out)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = bitpack_get(stream, width, i) + add;
    }
}

static void unpack_deltas(const uint8_t *stream, uint32_t width, size_t count,
                          uint32_t before, uint32_t *out)
{
    for (size_t i = 0; i < count; i++) {
        before += bitpack_get(stream, width, i) + 1;
        out[i] = before;
    }
}

void bitpack_unpack_sums_scalar(const uint8_t *stream, uint32_t width,
                                size_t bit, uint32_t *out)
{
    uint32_t sum = UINT32_MAX, mask = (1u << width) - 1;
    for (int i = 0; i < BITPACK_SUMS; i++, bit += width) {
        sum += (get_u32le(stream + bit / 8) >> bit % 8 & mask) + 1;
        out[i] = sum;
    }
}

uint32_t bitpack_count_below_scalar(const uint8_t *stream, uint32_t width,
                                    size_t count, uint32_t limit)
{
    uint32_t below = 0;
    for (size_t i = 0; i < count; i++)
        below += bitpack_get(stream, width, i) < limit;
    return below;
}

const BitpackKernels bitpack_scalar = {unpack, unpack_deltas,
                                       bitpack_unpack_sums_scalar,
                                       bitpack_count_below_scalar};
