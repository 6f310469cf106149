/* candidates_avx512.c - candidates, a vector at a time. */
#include "searcher/execute/candidates.h"

#include <float.h>
#include <immintrin.h>

/* Keeps the chosen ones of 8 candidates behind those kept before. */
static inline void keep_eight(Candidates *c, __mmask8 chosen, __m256i docids,
                              __m512d sums, __m256 rests)
{
    _mm256_storeu_si256((__m256i *)(void *)(c->docids + c->count),
                        _mm256_maskz_compress_epi32(chosen, docids));
    _mm512_storeu_pd(c->sums + c->count,
                     _mm512_maskz_compress_pd(chosen, sums));
    _mm256_storeu_ps(c->rests + c->count,
                     _mm256_maskz_compress_ps(chosen, rests));
    c->count += (size_t)__builtin_popcount(chosen);
}

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

/* One by one: of 64 documents two or three are taken, and to move 8 at a time
 * costs a mispredicted branch for each 8. */
void candidates_take_avx512(Candidates *candidates, const WindowSums *window,
                            double needed)
{
    Candidates c = *candidates;
    for (uint64_t left = window->touched; left; left &= left - 1) {
        uint32_t range = (uint32_t)__builtin_ctzll(left);
        double *sums = window->sums + range * RANGE_DOCUMENTS;
        uint32_t first = window->first + range * RANGE_DOCUMENTS;
        float rest = window->rests[range];
        double least = needed - (double)rest;
        uint64_t enough = at_least(sums, least > DBL_MIN ? least : DBL_MIN);
        for (; enough; enough &= enough - 1) {
            uint32_t place = (uint32_t)__builtin_ctzll(enough);
            c.docids[c.count] = first + place;
            c.sums[c.count] = sums[place];
            c.rests[c.count++] = rest;
        }
        clear(sums);
    }
    candidates->count = c.count;
}

static inline __m256i load_docids(const Candidates *c, size_t i)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)(c->docids + i));
}

void candidates_drop_avx512(Candidates *candidates, double needed)
{
    __m512d limit = _mm512_set1_pd(needed);
    size_t count = candidates->count;
    candidates->count = 0;
    for (size_t i = 0; i < count; i += 8) {
        __mmask8 inside = (__mmask8)(count - i < 8 ? (1u << (count - i)) - 1
                                                   : 0xff);
        __m512d sums = _mm512_loadu_pd(candidates->sums + i);
        __m256 rests = _mm256_loadu_ps(candidates->rests + i);
        __m512d most = _mm512_add_pd(sums, _mm512_cvtps_pd(rests));
        __mmask8 enough = _mm512_mask_cmp_pd_mask(inside, most, limit,
                                                  _CMP_GE_OQ);
        keep_eight(candidates, enough, load_docids(candidates, i), sums, rests);
    }
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

/* Takes the list's bounds off 16 rests; which candidates the list has. */
static inline __mmask16 test_sixteen(Candidates *c, const BitmapList *bitmap,
                                     size_t i, __mmask16 inside)
{
    const __m512i one = _mm512_set1_epi32(1);
    const Postings *list = bitmap->list;
    __m512i docids = _mm512_loadu_si512(c->docids + i);
    __m512i bytes = _mm512_mask_i32gather_epi32(
        _mm512_setzero_si512(), inside, _mm512_srli_epi32(docids, 6),
        list->range_bounds, 1);
    __m512i words = _mm512_mask_i32gather_epi32(
        _mm512_setzero_si512(), inside, _mm512_srli_epi32(docids, 5),
        list->bits, 4);
    bytes = _mm512_and_si512(bytes, _mm512_set1_epi32(255));
    __m512 bounds = _mm512_mul_ps(_mm512_cvtepi32_ps(bytes),
                                  _mm512_set1_ps(bitmap->byte_weight));
    __m512 rests = _mm512_loadu_ps(c->rests + i);
    _mm512_storeu_ps(c->rests + i, _mm512_sub_ps(rests, bounds));
    __m512i bit = _mm512_sllv_epi32(
        one, _mm512_and_si512(docids, _mm512_set1_epi32(31)));
    return _mm512_mask_test_epi32_mask(inside, words, bit);
}

size_t candidates_look_up_avx512(Candidates *candidates,
                                 const BitmapList *bitmap, uint32_t *exceptions)
{
    const Postings *list = bitmap->list;
    uint32_t exception = (1u << list->tf_bits) - 1;
    uint32_t in_byte = list->tf_bits == 4; /* values of a byte, less one */
    size_t found = 0;
    for (size_t i = 0; i < candidates->count; i += 16) {
        size_t left = candidates->count - i;
        __mmask16 inside = (__mmask16)(left < 16 ? (1u << left) - 1 : 0xffff);
        uint32_t here = test_sixteen(candidates, bitmap, i, inside);
        for (; here; here &= here - 1) {
            size_t at = i + (size_t)__builtin_ctz(here);
            uint32_t docid = candidates->docids[at];
            uint32_t number = rank_of(list, docid);
            uint32_t byte = list->tf_stream[number >> in_byte];
            uint32_t stored = byte >> (number & in_byte) * 4 & exception;
            float c = bitmap->inverse[bitmap->norms[docid]];
            float score = bitmap->weight -
                          bitmap->weight / (1.0f + (float)(stored + 1) * c);
            exceptions[found] = (uint32_t)at;
            found += stored == exception;
            candidates->sums[at] += stored == exception ? 0.0 : (double)score;
        }
    }
    return found;
}
