/* bitpack_neon.c - unpacks four values at a time.
 *
 * Four values of up to 25 bits take at most 13 bytes. A group of four starts
 * at a byte boundary or, for every second group of an odd width, in the middle
 * of a byte: hence two rows per width.
 */
#include "common/codec/bitpack_kernels.h"

#include <arm_neon.h>

#define BYTES(w, s, i)                                    \
    ((i) * (w) + (s)) >> 3, (((i) * (w) + (s)) >> 3) + 1, \
        (((i) * (w) + (s)) >> 3) + 2, (((i) * (w) + (s)) >> 3) + 3
#define SHUFFLE_FROM(w, s)                                             \
    {                                                                  \
        BYTES(w, s, 0), BYTES(w, s, 1), BYTES(w, s, 2), BYTES(w, s, 3) \
    }
#define SHIFT_FROM(w, s)                                      \
    {                                                         \
        -((s)&7), -(((w) + (s)) & 7), -((2 * (w) + (s)) & 7), \
            -((3 * (w) + (s)) & 7)                            \
    }
#define SHUFFLE(w)                             \
    {                                          \
        SHUFFLE_FROM(w, 0), SHUFFLE_FROM(w, 4) \
    }
#define SHIFT(w)                           \
    {                                      \
        SHIFT_FROM(w, 0), SHIFT_FROM(w, 4) \
    }

static const uint8_t shuffles[][2][16] = {BITPACK_WIDTHS(SHUFFLE)};
static const int32_t shifts[][2][4] = {BITPACK_WIDTHS(SHIFT)};

static inline uint32x4_t unpack_four(const uint8_t *stream, uint32_t width,
                                     size_t bit, uint32x4_t mask)
{
    size_t row = bit & 7 ? 1 : 0;
    uint8x16_t bytes = vqtbl1q_u8(vld1q_u8(stream + bit / 8),
                                  vld1q_u8(shuffles[width][row]));
    uint32x4_t words = vshlq_u32(vreinterpretq_u32_u8(bytes),
                                 vld1q_s32(shifts[width][row]));
    return vandq_u32(words, mask);
}

static void unpack(const uint8_t *stream, uint32_t width, size_t count,
                   uint32_t add, uint32_t *out)
{
    uint32x4_t mask = vdupq_n_u32((1u << width) - 1);
    uint32x4_t addend = vdupq_n_u32(add);
    for (size_t i = 0; i < count; i += 4) {
        uint32x4_t values = unpack_four(stream, width, i * width, mask);
        vst1q_u32(out + i, vaddq_u32(values, addend));
    }
}

static void unpack_deltas(const uint8_t *stream, uint32_t width, size_t count,
                          uint32_t before, uint32_t *out)
{
    uint32x4_t mask = vdupq_n_u32((1u << width) - 1);
    uint32x4_t one = vdupq_n_u32(1);
    uint32x4_t zero = vdupq_n_u32(0);
    uint32x4_t last = vdupq_n_u32(before);
    for (size_t i = 0; i < count; i += 4) {
        uint32x4_t steps = vaddq_u32(
            unpack_four(stream, width, i * width, mask), one);
        steps = vaddq_u32(steps, vextq_u32(zero, steps, 3));
        steps = vaddq_u32(steps, vextq_u32(zero, steps, 2));
        uint32x4_t docs = vaddq_u32(steps, last);
        vst1q_u32(out + i, docs);
        last = vdupq_laneq_u32(docs, 3);
    }
}

const BitpackKernels bitpack_neon = {unpack, unpack_deltas,
                                     bitpack_unpack_sums_scalar,
                                     bitpack_count_below_scalar};
