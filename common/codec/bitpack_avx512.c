/* bitpack_avx512.c - unpacks sixteen values at a time: one byte permutation
 * (VBMI) of 64 loaded bytes replaces AVX2's two loads and shuffle. */
#include "common/codec/bitpack_kernels.h"

#include <immintrin.h>

#define BYTES(w, i)                                                   \
    ((i) * (w)) >> 3, (((i) * (w)) >> 3) + 1, (((i) * (w)) >> 3) + 2, \
        (((i) * (w)) >> 3) + 3
#define SHUFFLE(w)                                                           \
    {                                                                        \
        BYTES(w, 0), BYTES(w, 1), BYTES(w, 2), BYTES(w, 3), BYTES(w, 4),     \
            BYTES(w, 5), BYTES(w, 6), BYTES(w, 7), BYTES(w, 8), BYTES(w, 9), \
            BYTES(w, 10), BYTES(w, 11), BYTES(w, 12), BYTES(w, 13),          \
            BYTES(w, 14), BYTES(w, 15)                                       \
    }
#define SHIFT(w)                                                              \
    {                                                                         \
        0, (w)&7, (2 * (w)) & 7, (3 * (w)) & 7, (4 * (w)) & 7, (5 * (w)) & 7, \
            (6 * (w)) & 7, (7 * (w)) & 7, (8 * (w)) & 7, (9 * (w)) & 7,       \
            (10 * (w)) & 7, (11 * (w)) & 7, (12 * (w)) & 7, (13 * (w)) & 7,   \
            (14 * (w)) & 7, (15 * (w)) & 7                                    \
    }

static const _Alignas(64) uint8_t shuffles[][64] = {BITPACK_WIDTHS(SHUFFLE)};
static const _Alignas(64) uint32_t shifts[][16] = {BITPACK_WIDTHS(SHIFT)};

typedef struct Unpacker {
    __m512i shuffle, shift, mask;
} Unpacker;

static inline Unpacker unpacker_for(uint32_t width)
{
    return (Unpacker){_mm512_load_si512(shuffles[width]),
                      _mm512_load_si512(shifts[width]),
                      _mm512_set1_epi32((int)((1u << width) - 1))};
}

static inline __m512i unpack_sixteen(const Unpacker *u, const uint8_t *stream)
{
    __m512i bytes = _mm512_permutexvar_epi8(u->shuffle,
                                            _mm512_loadu_si512(stream));
    return _mm512_and_si512(_mm512_srlv_epi32(bytes, u->shift), u->mask);
}

/* Prefix sums over 16 lanes. */
static inline __m512i prefix_sums(__m512i x)
{
    __m512i zero = _mm512_setzero_si512();
    x = _mm512_add_epi32(x, _mm512_alignr_epi32(x, zero, 15));
    x = _mm512_add_epi32(x, _mm512_alignr_epi32(x, zero, 14));
    x = _mm512_add_epi32(x, _mm512_alignr_epi32(x, zero, 12));
    return _mm512_add_epi32(x, _mm512_alignr_epi32(x, zero, 8));
}

static void unpack(const uint8_t *stream, uint32_t width, size_t count,
                   uint32_t add, uint32_t *out)
{
    Unpacker u = unpacker_for(width);
    __m512i addend = _mm512_set1_epi32((int)add);
    for (size_t i = 0; i < count; i += 16, stream += 2 * (size_t)width) {
        _mm512_storeu_si512(
            out + i, _mm512_add_epi32(unpack_sixteen(&u, stream), addend));
    }
}

static void unpack_deltas(const uint8_t *stream, uint32_t width, size_t count,
                          uint32_t before, uint32_t *out)
{
    Unpacker u = unpacker_for(width);
    __m512i last = _mm512_set1_epi32((int)before);
    __m512i one = _mm512_set1_epi32(1);
    __m512i top = _mm512_set1_epi32(15);
    for (size_t i = 0; i < count; i += 16, stream += 2 * (size_t)width) {
        __m512i steps = _mm512_add_epi32(unpack_sixteen(&u, stream), one);
        __m512i docs = _mm512_add_epi32(prefix_sums(steps), last);
        _mm512_storeu_si512(out + i, docs);
        last = _mm512_permutexvar_epi32(top, docs);
    }
}

static void unpack_sums(const uint8_t *stream, uint32_t width, size_t bit,
                        uint32_t *out)
{
    Unpacker u = unpacker_for(width);
    u.shift = _mm512_add_epi32(u.shift, _mm512_set1_epi32((int)(bit % 8)));
    __m512i steps = _mm512_add_epi32(unpack_sixteen(&u, stream + bit / 8),
                                     _mm512_set1_epi32(1));
    __m512i sums = _mm512_add_epi32(prefix_sums(steps), _mm512_set1_epi32(-1));
    _mm512_storeu_si512(out, sums);
}

static uint32_t count_below(const uint8_t *stream, uint32_t width, size_t count,
                            uint32_t limit)
{
    Unpacker u = unpacker_for(width);
    __m512i limits = _mm512_set1_epi32((int)limit);
    uint32_t below = 0;
    for (size_t i = 0; i < count; i += 16, stream += 2 * (size_t)width) {
        unsigned lanes = _mm512_cmplt_epu32_mask(unpack_sixteen(&u, stream),
                                                 limits);
        if (count - i < 16) lanes &= (1u << (count - i)) - 1;
        below += (uint32_t)__builtin_popcount(lanes);
    }
    return below;
}

const BitpackKernels bitpack_avx512 = {unpack, unpack_deltas, unpack_sums,
                                       count_below};
