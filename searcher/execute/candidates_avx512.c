/* candidates_avx512.c - candidates, a vector at a time. */
#include "searcher/execute/candidates.h"

#include <float.h>
#include <immintrin.h>

/* Bit i: sum i of a range is enough. */
static inline uint64_t at_least(const double *sums, double least)
{
    __m512d limit = _mm512_set1_pd(least);
    uint64_t enough = 0;
    for (int i = 0; i < RANGE_DOCUMENTS; i += 8) {
        uint64_t eight = _mm512_cmp_pd_mask(_mm512_loadu_pd(sums + i), limit,
                                            _CMP_GE_OQ);
        enough |= eight << i;
    }
    return enough;
}

static inline void clear(double *sums)
{
    for (int i = 0; i < RANGE_DOCUMENTS; i += 8) {
        _mm512_storeu_pd(sums + i, _mm512_setzero_pd());
    }
}

/* Appends the documents of a range whose bit is set. Mostly there are no more
 * than 8, which need no loop: its end would be mispredicted. */
static inline void take_documents(Candidates *c, uint64_t taken,
                                  const double *sums, uint32_t first)
{
    const __m512i ascending = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46,
        45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28,
        27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10,
        9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    uint8_t places[RANGE_DOCUMENTS + 8];
    size_t count = (size_t)__builtin_popcountll(taken);
    __m512i bytes = _mm512_maskz_compress_epi8(taken, ascending);
    __m256i eight = _mm256_cvtepu8_epi32(_mm512_castsi512_si128(bytes));
    if (count > 8) _mm512_storeu_si512(places, bytes);
    for (size_t i = 0;;) {
        __m256i docids = _mm256_add_epi32(eight, _mm256_set1_epi32((int)first));
        _mm256_storeu_si256((__m256i *)(void *)(c->docids + c->count + i),
                            docids);
        _mm512_storeu_pd(c->sums + c->count + i,
                         _mm512_i32gather_pd(eight, sums, 8));
        i += 8;
        if (i >= count) break;
        eight = _mm256_cvtepu8_epi32(
            _mm_loadl_epi64((const __m128i *)(const void *)(places + i)));
    }
    c->count += count;
}

void candidates_take_avx512(Candidates *candidates, const WindowSums *window,
                            double needed)
{
    Candidates c = *candidates;
    for (uint64_t left = window->touched; left; left &= left - 1) {
        uint32_t range = (uint32_t)__builtin_ctzll(left);
        double *sums = window->sums + range * RANGE_DOCUMENTS;
        double least = needed - (double)window->rests[range];
        uint64_t taken = at_least(sums, least > DBL_MIN ? least : DBL_MIN);
        if (taken) {
            take_documents(&c, taken, sums,
                           window->first + range * RANGE_DOCUMENTS);
        }
        clear(sums);
    }
    candidates->count = c.count;
}

/* The rests of the ranges of 16 docids: a look-up among 64 floats. */
static inline __m512 rests_of(__m512i docids, const __m512 table[4])
{
    __m512i range = _mm512_srli_epi32(docids, 6);
    __m512 low = _mm512_permutex2var_ps(table[0], range, table[1]);
    __m512 high = _mm512_permutex2var_ps(table[2], range, table[3]);
    __mmask16 upper = _mm512_test_epi32_mask(range, _mm512_set1_epi32(32));
    return _mm512_mask_blend_ps(upper, low, high);
}

/* Which of 8 sums reach `limit` with their rests. */
static inline __mmask8 enough_of(__m512d sums, __m256 rests, __m512d limit)
{
    __m512d most = _mm512_add_pd(sums, _mm512_cvtps_pd(rests));
    return _mm512_cmp_pd_mask(most, limit, _CMP_GE_OQ);
}

void candidates_drop_avx512(Candidates *candidates, const float *rests,
                            double needed)
{
    const __m512 table[4] = {_mm512_loadu_ps(rests), _mm512_loadu_ps(rests + 16),
                             _mm512_loadu_ps(rests + 32),
                             _mm512_loadu_ps(rests + 48)};
    __m512d limit = _mm512_set1_pd(needed);
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i += 16) {
        size_t left = candidates->count - i;
        uint32_t inside = left < 16 ? (1u << left) - 1 : 0xffff;
        __m512i docids = _mm512_loadu_si512(candidates->docids + i);
        __m512d low = _mm512_loadu_pd(candidates->sums + i);
        __m512d high = _mm512_loadu_pd(candidates->sums + i + 8);
        __m512 most = rests_of(docids, table);
        uint32_t enough = enough_of(low, _mm512_castps512_ps256(most), limit);
        enough |= (uint32_t)enough_of(high, _mm512_extractf32x8_ps(most, 1),
                                      limit)
                  << 8;
        enough &= inside;
        __mmask8 first = (__mmask8)enough, second = (__mmask8)(enough >> 8);
        size_t firsts = (size_t)__builtin_popcount(first);
        _mm512_storeu_si512(candidates->docids + kept,
                            _mm512_maskz_compress_epi32((__mmask16)enough,
                                                        docids));
        _mm512_storeu_pd(candidates->sums + kept,
                         _mm512_maskz_compress_pd(first, low));
        _mm512_storeu_pd(candidates->sums + kept + firsts,
                         _mm512_maskz_compress_pd(second, high));
        kept += firsts + (size_t)__builtin_popcount(second);
    }
    candidates->count = kept;
}

/* How many postings of a bitmap lie before docid. */
static inline uint32_t rank_of(const Postings *list, uint32_t docid)
{
    uint32_t word = docid / 64;
    __mmask8 before = (__mmask8)((1u << word % 8) - 1);
    __m512i line = _mm512_maskz_loadu_epi64(before, list->bits + (word & ~7u));
    int64_t words = _mm512_reduce_add_epi64(_mm512_popcnt_epi64(line));
    uint64_t below = list->bits[word] & ((1ull << docid % 64) - 1);
    return list->ranks[docid / BITMAP_RANK_DOCUMENTS] + (uint32_t)words +
           (uint32_t)__builtin_popcountll(below);
}

/* Which of 16 documents have their bit set. */
static inline uint32_t test_sixteen(const uint32_t *docids, size_t left,
                                    const uint64_t *bits)
{
    __mmask16 inside = (__mmask16)(left < 16 ? (1u << left) - 1 : 0xffff);
    __m512i at = _mm512_loadu_si512(docids);
    __m512i words = _mm512_mask_i32gather_epi32(
        _mm512_setzero_si512(), inside, _mm512_srli_epi32(at, 5), bits, 4);
    __m512i bit = _mm512_sllv_epi32(
        _mm512_set1_epi32(1), _mm512_and_si512(at, _mm512_set1_epi32(31)));
    return _mm512_mask_test_epi32_mask(inside, words, bit);
}

/* One posting at a time: to find all numbers first and then to score 16
 * postings at once was no quicker; what is waited for is memory. */
size_t candidates_look_up_avx512(Candidates *candidates,
                                 const BitmapList *bitmap, uint32_t *exceptions)
{
    const Postings *list = bitmap->list;
    const uint32_t *docids = candidates->docids;
    size_t count = candidates->count, found = 0;
    uint32_t exception = (1u << list->tf_bits) - 1;
    uint32_t in_byte = list->tf_bits == 4; /* values of a byte, less one */
    for (size_t i = 0; i < count; i += 16) {
        uint32_t here = test_sixteen(docids + i, count - i, list->bits);
        for (; here; here &= here - 1) {
            size_t at = i + (size_t)__builtin_ctz(here);
            uint32_t number = rank_of(list, docids[at]);
            uint32_t byte = list->tf_stream[number >> in_byte];
            uint32_t stored = byte >> (number & in_byte) * 4 & exception;
            float c = bitmap->inverse[bitmap->norms[docids[at]]];
            float score = bitmap->weight -
                          bitmap->weight / (1.0f + (float)(stored + 1) * c);
            exceptions[found] = (uint32_t)at;
            found += stored == exception;
            candidates->sums[at] += stored == exception ? 0.0 : (double)score;
        }
    }
    return found;
}
