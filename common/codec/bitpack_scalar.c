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

const BitpackKernels bitpack_scalar = {unpack, unpack_deltas};
