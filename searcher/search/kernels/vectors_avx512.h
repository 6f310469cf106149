/* vectors_avx512.h - helpers shared by the AVX-512 kernels.
 *
 * Included by them alone, after <immintrin.h>.
 */
#ifndef QUERN_KERNELS_VECTORS_AVX512_H
#define QUERN_KERNELS_VECTORS_AVX512_H

#include "common/segment/format.h"

#include <stddef.h>
#include <stdint.h>

/* 0, 1, 2, ... 63 */
static inline __m512i ascending_bytes(void)
{
    return _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51,
                           50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38,
                           37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25,
                           24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12,
                           11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

/* The first `left` of 16 lanes. */
static inline __mmask16 lanes_inside(size_t left)
{
    return (__mmask16)(left < 16 ? (1u << left) - 1 : 0xffff);
}

/* The lanes inside `inside` whose docid has its bit set. */
static inline __mmask16 bits_set(__m512i docids, __mmask16 inside,
                                 const uint64_t *bits)
{
    __m512i words = _mm512_mask_i32gather_epi32(
        _mm512_setzero_si512(), inside, _mm512_srli_epi32(docids, 5), bits, 4);
    __m512i bit = _mm512_sllv_epi32(
        _mm512_set1_epi32(1), _mm512_and_si512(docids, _mm512_set1_epi32(31)));
    return _mm512_mask_test_epi32_mask(inside, words, bit);
}

/* Bit i: sums[i] >= min, for the 64 documents of a range. */
static inline uint64_t sums_at_least(const double *sums, double min)
{
    __m512d limit = _mm512_set1_pd(min);
    uint64_t enough = 0;
    for (int i = 0; i < RANGE_DOCUMENTS; i += 8) {
        uint64_t eight = _mm512_cmp_pd_mask(_mm512_loadu_pd(sums + i), limit,
                                            _CMP_GE_OQ);
        enough |= eight << i;
    }
    return enough;
}

static inline void clear_sums(double *sums)
{
    for (int i = 0; i < RANGE_DOCUMENTS; i += 8) {
        _mm512_storeu_pd(sums + i, _mm512_setzero_pd());
    }
}

#endif
