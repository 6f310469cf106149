/* bitpack_avx2.c - unpacks eight values at a time.
 *
 * A byte shuffle moves the 4 bytes that hold value i to lane i, a variable
 * shift aligns it, a mask clears the bits above: one kernel for all widths.
 * Values 0-3 come from a load at the start, 4-7 from one HALF(width) bytes
 * further, since a shuffle stays within 16 bytes.
 */
#include "common/codec/bitpack_kernels.h"

#include <immintrin.h>

#define HALF(w) ((4 * (w)) >> 3)
#define LOW_BYTES(w, i)                                               \
    ((i) * (w)) >> 3, (((i) * (w)) >> 3) + 1, (((i) * (w)) >> 3) + 2, \
        (((i) * (w)) >> 3) + 3
#define HIGH_BYTES(w, i)                                            \
    (((i) * (w)) >> 3) - HALF(w), (((i) * (w)) >> 3) - HALF(w) + 1, \
        (((i) * (w)) >> 3) - HALF(w) + 2, (((i) * (w)) >> 3) - HALF(w) + 3
#define SHUFFLE(w)                                                          \
    {                                                                       \
        LOW_BYTES(w, 0), LOW_BYTES(w, 1), LOW_BYTES(w, 2), LOW_BYTES(w, 3), \
            HIGH_BYTES(w, 4), HIGH_BYTES(w, 5), HIGH_BYTES(w, 6),           \
            HIGH_BYTES(w, 7)                                                \
    }
#define SHIFT(w)                                                              \
    {                                                                         \
        0, (w)&7, (2 * (w)) & 7, (3 * (w)) & 7, (4 * (w)) & 7, (5 * (w)) & 7, \
            (6 * (w)) & 7, (7 * (w)) & 7                                      \
    }

static const _Alignas(32) uint8_t shuffles[][32] = {BITPACK_WIDTHS(SHUFFLE)};
static const _Alignas(32) uint32_t shifts[][8] = {BITPACK_WIDTHS(SHIFT)};

typedef struct Unpacker {
    __m256i shuffle, shift, mask;
    size_t half;
} Unpacker;

static inline Unpacker unpacker_for(uint32_t width)
{
    return (Unpacker){
        _mm256_load_si256((const __m256i *)(const void *)shuffles[width]),
        _mm256_load_si256((const __m256i *)(const void *)shifts[width]),
        _mm256_set1_epi32((int)((1u << width) - 1)), HALF((size_t)width)};
}

static inline __m256i unpack_eight(const Unpacker *u, const uint8_t *stream)
{
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)stream);
    __m128i high = _mm_loadu_si128(
        (const __m128i *)(const void *)(stream + u->half));
    __m256i bytes = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high,
                                            1);
    bytes = _mm256_shuffle_epi8(bytes, u->shuffle);
    return _mm256_and_si256(_mm256_srlv_epi32(bytes, u->shift), u->mask);
}

static inline void store(uint32_t *out, __m256i values)
{
    _mm256_storeu_si256((__m256i *)(void *)out, values);
}

/* Prefix sums over 8 lanes. */
static inline __m256i prefix_sums(__m256i x)
{
    x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
    x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
    __m256i low_sum = _mm256_permutevar8x32_epi32(x, _mm256_set1_epi32(3));
    return _mm256_add_epi32(
        x, _mm256_blend_epi32(_mm256_setzero_si256(), low_sum, 0xf0));
}

static void unpack(const uint8_t *stream, uint32_t width, size_t count,
                   uint32_t add, uint32_t *out)
{
    Unpacker u = unpacker_for(width);
    __m256i addend = _mm256_set1_epi32((int)add);
    for (size_t i = 0; i < count; i += 8, stream += width) {
        store(out + i, _mm256_add_epi32(unpack_eight(&u, stream), addend));
    }
}

static void unpack_deltas(const uint8_t *stream, uint32_t width, size_t count,
                          uint32_t before, uint32_t *out)
{
    Unpacker u = unpacker_for(width);
    __m256i last = _mm256_set1_epi32((int)before);
    __m256i one = _mm256_set1_epi32(1);
    for (size_t i = 0; i < count; i += 8, stream += width) {
        __m256i steps = _mm256_add_epi32(unpack_eight(&u, stream), one);
        __m256i docs = _mm256_add_epi32(prefix_sums(steps), last);
        store(out + i, docs);
        last = _mm256_permutevar8x32_epi32(docs, _mm256_set1_epi32(7));
    }
}

/* Eight values take `width` bytes, so the second eight begin at the same bit.
 */
static void unpack_sums(const uint8_t *stream, uint32_t width, size_t bit,
                        uint32_t *out)
{
    Unpacker u = unpacker_for(width);
    u.shift = _mm256_add_epi32(u.shift, _mm256_set1_epi32((int)(bit % 8)));
    stream += bit / 8;
    __m256i one = _mm256_set1_epi32(1);
    __m256i last = _mm256_set1_epi32(-1);
    for (int i = 0; i < BITPACK_SUMS; i += 8, stream += width) {
        __m256i steps = _mm256_add_epi32(unpack_eight(&u, stream), one);
        __m256i sums = _mm256_add_epi32(prefix_sums(steps), last);
        store(out + i, sums);
        last = _mm256_permutevar8x32_epi32(sums, _mm256_set1_epi32(7));
    }
}

static uint32_t count_below(const uint8_t *stream, uint32_t width, size_t count,
                            uint32_t limit)
{
    Unpacker u = unpacker_for(width);
    __m256i limits = _mm256_set1_epi32((int)limit);
    uint32_t below = 0;
    for (size_t i = 0; i < count; i += 8, stream += width) {
        __m256i less = _mm256_cmpgt_epi32(limits, unpack_eight(&u, stream));
        unsigned lanes = (unsigned)_mm256_movemask_ps(
            _mm256_castsi256_ps(less));
        if (count - i < 8) lanes &= (1u << (count - i)) - 1;
        below += (uint32_t)_mm_popcnt_u32(lanes);
    }
    return below;
}

const BitpackKernels bitpack_avx2 = {unpack, unpack_deltas, unpack_sums,
                                     count_below};
