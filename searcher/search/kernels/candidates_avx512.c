/* candidates_avx512.c - candidates of a window, 8 or 16 at a time (AVX-512). */
#include "searcher/search/kernels/candidates.h"

#include "common/segment/bm25.h"
#include "searcher/search/kernels/few_postings.h"

#include <float.h>
#include <immintrin.h>

#include "searcher/search/kernels/vectors_avx512.h"

/* Appends the documents of a range whose bit is set. Usually there are at most
 * 8, which need no loop, whose end would be mispredicted. */
static inline void take_documents(Candidates *c, uint64_t taken,
                                  const double *sums, uint32_t first)
{
    uint8_t slots[RANGE_DOCUMENTS + 8];
    size_t count = (size_t)__builtin_popcountll(taken);
    __m512i bytes = _mm512_maskz_compress_epi8(taken, ascending_bytes());
    __m256i eight = _mm256_cvtepu8_epi32(_mm512_castsi512_si128(bytes));
    if (count > 8) _mm512_storeu_si512(slots, bytes);
    for (size_t i = 0;;) {
        __m256i docids = _mm256_add_epi32(eight, _mm256_set1_epi32((int)first));
        _mm256_storeu_si256((__m256i *)(void *)(c->docids + c->count + i),
                            docids);
        _mm512_storeu_pd(c->sums + c->count + i,
                         _mm512_i32gather_pd(eight, sums, 8));
        i += 8;
        if (i >= count) break;
        eight = _mm256_cvtepu8_epi32(
            _mm_loadl_epi64((const __m128i *)(const void *)(slots + i)));
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
        double min = needed - (double)window->rests[range];
        uint64_t taken = sums_at_least(sums, min > DBL_MIN ? min : DBL_MIN);
        if (taken) {
            take_documents(&c, taken, sums,
                           window->first + range * RANGE_DOCUMENTS);
        }
        clear_sums(sums);
    }
    candidates->count = c.count;
}

/* The rests of the ranges of 16 docids, looked up in a table of 64 floats. */
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
    const __m512 table[4] = {
        _mm512_loadu_ps(rests), _mm512_loadu_ps(rests + 16),
        _mm512_loadu_ps(rests + 32), _mm512_loadu_ps(rests + 48)};
    __m512d limit = _mm512_set1_pd(needed);
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i += 16) {
        __m512i docids = _mm512_loadu_si512(candidates->docids + i);
        __m512d low = _mm512_loadu_pd(candidates->sums + i);
        __m512d high = _mm512_loadu_pd(candidates->sums + i + 8);
        __m512 most = rests_of(docids, table);
        uint32_t enough = enough_of(low, _mm512_castps512_ps256(most), limit);
        enough |=
            (uint32_t)enough_of(high, _mm512_extractf32x8_ps(most, 1), limit)
            << 8;
        enough &= lanes_inside(candidates->count - i);
        __mmask8 first = (__mmask8)enough, second = (__mmask8)(enough >> 8);
        size_t firsts = (size_t)__builtin_popcount(first);
        _mm512_storeu_si512(
            candidates->docids + kept,
            _mm512_maskz_compress_epi32((__mmask16)enough, docids));
        _mm512_storeu_pd(candidates->sums + kept,
                         _mm512_maskz_compress_pd(first, low));
        _mm512_storeu_pd(candidates->sums + kept + firsts,
                         _mm512_maskz_compress_pd(second, high));
        kept += firsts + (size_t)__builtin_popcount(second);
    }
    candidates->count = kept;
}

/* Number of the bitmap's documents before docid. */
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

/* One posting at a time: finding all ordinals first and scoring 16 postings at
 * once was not faster, because memory is the bottleneck. */
size_t candidates_look_up_avx512(Candidates *candidates,
                                 const BitmapList *bitmap, uint32_t *exceptions)
{
    const Postings *list = bitmap->list;
    const uint32_t *docids = candidates->docids;
    size_t count = candidates->count, found = 0;
    uint32_t exception = (1u << list->tf_bits) - 1;
    for (size_t i = 0; i < count; i += 16) {
        uint32_t here = bits_set(_mm512_loadu_si512(docids + i),
                                 lanes_inside(count - i), list->bits);
        for (; here; here &= here - 1) {
            size_t at = i + (size_t)__builtin_ctz(here);
            uint32_t ordinal = rank_of(list, docids[at]);
            uint32_t stored = stored_tf(list->tf_stream, list->tf_bits,
                                        ordinal);
            float score = bm25_score(
                bitmap->weight, stored + 1,
                bitmap->inverse[bitmap->norms[docids[at]]]);
            exceptions[found] = (uint32_t)at;
            found += stored == exception;
            candidates->sums[at] += stored == exception ? 0.0 : (double)score;
        }
    }
    return found;
}
