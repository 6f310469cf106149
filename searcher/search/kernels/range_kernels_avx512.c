/* range_kernels_avx512.c - the kernels of the executors for AVX-512, 64 bytes
 * at a time.
 */
#include "searcher/search/kernels/few_postings.h"
#include "searcher/search/kernels/range_kernels.h"

#include <immintrin.h>

#include "searcher/search/kernels/vectors_avx512.h"

enum {
    RANGE = 64,
    FEW = 8 /* wanted postings of a bitmap: up to 8, one at a time takes half
               the time */
};

typedef struct ByteBounds {
    __m512i bounds;    /* u16: byte * multiplier / 256 + 1 */
    __mmask32 present; /* bytes that are not 0 */
} ByteBounds;

static inline ByteBounds byte_bounds(const uint8_t *bytes, __m512i multiplier)
{
    __m256i narrow = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m512i wide = _mm512_slli_epi16(_mm512_cvtepu8_epi16(narrow), 8);
    __m512i product = _mm512_mulhi_epu16(wide, multiplier);
    return (ByteBounds){_mm512_add_epi16(product, _mm512_set1_epi16(1)),
                        _mm512_test_epi16_mask(wide, wide)};
}

static void add_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                      uint16_t multiplier)
{
    __m512i m = _mm512_set1_epi16((short)multiplier);
    for (size_t i = 0; i < count; i += 32) {
        ByteBounds b = byte_bounds(bytes + i, m);
        __m512i sum = _mm512_loadu_si512(sums + i);
        sum = _mm512_mask_adds_epu16(sum, b.present, sum, b.bounds);
        _mm512_storeu_si512(sums + i, sum);
    }
}

static void require_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                          uint16_t multiplier)
{
    __m512i m = _mm512_set1_epi16((short)multiplier);
    for (size_t i = 0; i < count; i += 32) {
        ByteBounds b = byte_bounds(bytes + i, m);
        __m512i sum = _mm512_loadu_si512(sums + i);
        __mmask32 both = _mm512_mask_test_epi16_mask(b.present, sum, sum);
        sum = _mm512_maskz_adds_epu16(both, sum, b.bounds);
        _mm512_storeu_si512(sums + i, sum);
    }
}

static void prefer_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                         uint16_t multiplier)
{
    __m512i m = _mm512_set1_epi16((short)multiplier);
    for (size_t i = 0; i < count; i += 32) {
        ByteBounds b = byte_bounds(bytes + i, m);
        __m512i sum = _mm512_loadu_si512(sums + i);
        __mmask32 both = _mm512_mask_test_epi16_mask(b.present, sum, sum);
        sum = _mm512_mask_adds_epu16(sum, both, sum, b.bounds);
        _mm512_storeu_si512(sums + i, sum);
    }
}

/* Appends first + the index of each bit that is set. */
static inline size_t append_indexes(uint32_t *out, size_t found, size_t first,
                                    uint32_t mask)
{
    const __m512i slots = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6,
                                           5, 4, 3, 2, 1, 0);
    __m512i low = _mm512_add_epi32(slots, _mm512_set1_epi32((int)first));
    __m512i high = _mm512_add_epi32(low, _mm512_set1_epi32(16));
    __mmask16 low_mask = (__mmask16)mask, high_mask = (__mmask16)(mask >> 16);
    _mm512_storeu_si512(out + found,
                        _mm512_maskz_compress_epi32(low_mask, low));
    found += (size_t)__builtin_popcount(low_mask);
    _mm512_storeu_si512(out + found,
                        _mm512_maskz_compress_epi32(high_mask, high));
    return found + (size_t)__builtin_popcount(high_mask);
}

static size_t select_ranges(const uint16_t *sums, size_t count, uint16_t min,
                            uint32_t *out)
{
    __m512i limit = _mm512_set1_epi16((short)min);
    size_t found = 0;
    for (size_t i = 0; i < count; i += 32) {
        uint32_t mask = _mm512_cmpge_epu16_mask(_mm512_loadu_si512(sums + i),
                                                limit);
        if (mask) found = append_indexes(out, found, i, mask);
    }
    return found;
}

static uint64_t live_ranges(const uint16_t *sums, uint16_t min)
{
    __m512i limit = _mm512_set1_epi16((short)min);
    uint64_t low = _mm512_cmpge_epu16_mask(_mm512_loadu_si512(sums), limit);
    uint64_t high = _mm512_cmpge_epu16_mask(_mm512_loadu_si512(sums + 32),
                                            limit);
    return low | high << 32;
}

static uint64_t live_bytes(const uint8_t *bytes, uint8_t min)
{
    return _mm512_cmpge_epu8_mask(_mm512_loadu_si512(bytes),
                                  _mm512_set1_epi8((char)min));
}

static uint8_t max_byte(const uint8_t *bytes)
{
    __m512i all = _mm512_loadu_si512(bytes);
    __m256i half = _mm256_max_epu8(_mm512_castsi512_si256(all),
                                   _mm512_extracti64x4_epi64(all, 1));
    __m128i most = _mm_max_epu8(_mm256_castsi256_si128(half),
                                _mm256_extracti128_si256(half, 1));
    /* The minimum of the inverted bytes, by minpos on 16 bits. */
    most = _mm_max_epu8(most, _mm_srli_epi16(most, 8));
    most = _mm_andnot_si128(most, _mm_set1_epi16(0xff));
    return (uint8_t)~_mm_cvtsi128_si32(_mm_minpos_epu16(most));
}

static void add_weights(float *sums, const uint8_t *bytes, float weight)
{
    __m512 w = _mm512_set1_ps(weight);
    for (int i = 0; i < RANGE; i += 16) {
        __m128i narrow = _mm_loadu_si128(
            (const __m128i *)(const void *)(bytes + i));
        __m512 b = _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(narrow));
        __m512 sum = _mm512_loadu_ps(sums + i);
        _mm512_storeu_ps(sums + i, _mm512_add_ps(sum, _mm512_mul_ps(b, w)));
    }
}

/* bm25_score of common/segment/bm25.h: w - w / (1 + tf * c), each operation
 * rounded. */
static inline __m512 bm25(__m512 tf, __m512 c, __m512 w)
{
    __m512 divisor = _mm512_add_ps(_mm512_set1_ps(1.0f), _mm512_mul_ps(tf, c));
    return _mm512_sub_ps(w, _mm512_div_ps(w, divisor));
}

/* Up to 64 values of c in registers: a permutation takes a tenth of the time
 * of a gather. */
typedef struct Codes {
    __m512 c[4];
    const float *inverse;
    uint32_t bits;
} Codes;

static inline Codes load_codes(const CodeTable *table)
{
    Codes codes = {.inverse = table->inverse, .bits = table->bits};
    for (int i = 0; i < 4; i++) {
        codes.c[i] = _mm512_loadu_ps(table->inverse + 16 * i);
    }
    return codes;
}

static inline __m512 look_up_codes(const Codes *codes, __m512i at,
                                   __mmask16 inside)
{
    if (codes->bits > 6) {
        return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), inside, at,
                                        codes->inverse, 4);
    }
    __m512 low = _mm512_permutex2var_ps(codes->c[0], at, codes->c[1]);
    if (codes->bits < 6) return low;
    __m512 high = _mm512_permutex2var_ps(codes->c[2], at, codes->c[3]);
    __mmask16 upper = _mm512_test_epi32_mask(at, _mm512_set1_epi32(32));
    return _mm512_mask_blend_ps(upper, low, high);
}

static void score(const uint32_t *tfs, const uint32_t *codes, size_t count,
                  const CodeTable *table, float weight, float *scores)
{
    const Codes inverses = load_codes(table);
    __m512 w = _mm512_set1_ps(weight);
    for (size_t i = 0; i < count; i += 16) {
        __m512 c = look_up_codes(&inverses, _mm512_loadu_si512(codes + i),
                                 lanes_inside(count - i));
        __m512 tf = _mm512_cvtepu32_ps(_mm512_loadu_si512(tfs + i));
        _mm512_storeu_ps(scores + i, bm25(tf, c, w));
    }
}

/* One byte for each of 64 values of 4 bits, from value `ordinal` on. */
static inline __m512i load_nibbles(const uint8_t *stream, uint32_t ordinal)
{
    const __m512i low_bits = _mm512_set1_epi8(15);
    __m512i bytes = _mm512_loadu_si512(stream + ordinal / 2);
    __m512i slot = _mm512_add_epi8(ascending_bytes(),
                                   _mm512_set1_epi8((char)(ordinal % 2)));
    __m512i index = _mm512_and_si512(_mm512_srli_epi16(slot, 1),
                                     _mm512_set1_epi8(127));
    __m512i pairs = _mm512_permutexvar_epi8(index, bytes);
    __mmask64 odd = _mm512_test_epi8_mask(slot, _mm512_set1_epi8(1));
    __m512i low = _mm512_and_si512(pairs, low_bits);
    __m512i high = _mm512_and_si512(_mm512_srli_epi16(pairs, 4), low_bits);
    return _mm512_mask_blend_epi8(odd, low, high);
}

/* The stored tf of each of 64 documents in a byte of its own. */
static inline __m512i spread_tfs(const BitmapRange *range)
{
    __m512i stored = range->tf_bits == 4
                         ? load_nibbles(range->tfs, range->ordinal)
                         : _mm512_loadu_si512(range->tfs + range->ordinal);
    return _mm512_maskz_expand_epi8(range->bits, stored);
}

static inline uint64_t exceptions_of(const BitmapRange *range, __m512i spread)
{
    __m512i exception = _mm512_set1_epi8(
        (char)(range->tf_bits == 4 ? 15 : 255));
    return _mm512_mask_cmpeq_epi8_mask(range->wanted, spread, exception);
}

/* table[indexes[i]] for 64 bytes and a table of 256. */
static inline __m512i look_up_bytes(__m512i indexes, const uint8_t *table)
{
    __m512i low = _mm512_permutex2var_epi8(_mm512_loadu_si512(table), indexes,
                                           _mm512_loadu_si512(table + 64));
    __m512i high = _mm512_permutex2var_epi8(_mm512_loadu_si512(table + 128),
                                            indexes,
                                            _mm512_loadu_si512(table + 192));
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(indexes), low, high);
}

static uint64_t high_tf(const BitmapRange *range, const uint8_t *min_tfs)
{
    __m512i spread = spread_tfs(range);
    __m512i limits = look_up_bytes(_mm512_loadu_si512(range->norms), min_tfs);
    return _mm512_mask_cmpge_epu8_mask(range->wanted, spread, limits) |
           exceptions_of(range, spread);
}

/* Norm codes below 128 (lengths below 32,768) are looked up in registers. */
static inline __m512 look_up_low(const __m512 table[8], __m512i code)
{
    __m512 a = _mm512_permutex2var_ps(table[0], code, table[1]);
    __m512 b = _mm512_permutex2var_ps(table[2], code, table[3]);
    __m512 c = _mm512_permutex2var_ps(table[4], code, table[5]);
    __m512 d = _mm512_permutex2var_ps(table[6], code, table[7]);
    __mmask16 odd = _mm512_test_epi32_mask(code, _mm512_set1_epi32(32));
    __mmask16 upper = _mm512_test_epi32_mask(code, _mm512_set1_epi32(64));
    return _mm512_mask_blend_ps(upper, _mm512_mask_blend_ps(odd, a, b),
                                _mm512_mask_blend_ps(odd, c, d));
}

static uint64_t add_bitmap(const BitmapRange *range, double *sums)
{
    if (__builtin_popcountll(range->wanted) <= FEW) return add_few(range, sums);
    __m512i spread = spread_tfs(range);
    uint64_t exceptions = exceptions_of(range, spread);
    uint64_t wanted = range->wanted & ~exceptions;
    __m512i norms = _mm512_loadu_si512(range->norms);
    __m512 w = _mm512_set1_ps(range->weight);
    bool low_codes = _mm512_movepi8_mask(norms) == 0;
    __m512 table[8];
    for (int i = 0; i < 8; i++)
        table[i] = _mm512_loadu_ps(range->inverse + 16 * i);
    for (int i = 0; i < 4; i++) {
        __mmask16 mask = (__mmask16)(wanted >> (16 * i));
        if (!mask) continue;
        __m128i tf_bytes, norm_bytes;
        switch (i) { /* the lane is part of the instruction */
        case 0:
            tf_bytes = _mm512_extracti32x4_epi32(spread, 0);
            norm_bytes = _mm512_extracti32x4_epi32(norms, 0);
            break;
        case 1:
            tf_bytes = _mm512_extracti32x4_epi32(spread, 1);
            norm_bytes = _mm512_extracti32x4_epi32(norms, 1);
            break;
        case 2:
            tf_bytes = _mm512_extracti32x4_epi32(spread, 2);
            norm_bytes = _mm512_extracti32x4_epi32(norms, 2);
            break;
        default:
            tf_bytes = _mm512_extracti32x4_epi32(spread, 3);
            norm_bytes = _mm512_extracti32x4_epi32(norms, 3);
        }
        __m512i tf = _mm512_add_epi32(_mm512_cvtepu8_epi32(tf_bytes),
                                      _mm512_set1_epi32(1));
        __m512i code = _mm512_cvtepu8_epi32(norm_bytes);
        __m512 c = low_codes
                       ? look_up_low(table, code)
                       : _mm512_mask_i32gather_ps(_mm512_setzero_ps(), mask,
                                                  code, range->inverse, 4);
        __m512 s = bm25(_mm512_cvtepi32_ps(tf), c, w);
        double *at = sums + 16 * i;
        __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(s));
        __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(s, 1));
        _mm512_storeu_pd(at,
                         _mm512_mask_add_pd(_mm512_loadu_pd(at), (__mmask8)mask,
                                            _mm512_loadu_pd(at), low));
        _mm512_storeu_pd(at + 8,
                         _mm512_mask_add_pd(_mm512_loadu_pd(at + 8),
                                            (__mmask8)(mask >> 8),
                                            _mm512_loadu_pd(at + 8), high));
    }
    return exceptions;
}

/* Sixteen postings at a time: those in live ranges, found by a look-up in 64
 * bytes, are compressed and then added one at a time. */
static uint64_t add_window(const WindowPostings *postings, double *sums)
{
    const __m512i end = _mm512_set1_epi32(RANGE * RANGE);
    __m512i first = _mm512_set1_epi32((int)postings->first);
    __m512i live = _mm512_movm_epi8(postings->live);
    uint32_t slots[16];
    float scores[16];
    uint64_t touched = 0;
    for (uint32_t i = 0; i < postings->count; i += 16) {
        uint32_t left = postings->count - i;
        __mmask16 inside = (__mmask16)(left < 16 ? (1u << left) - 1 : 0xffff);
        __m512i slot = _mm512_sub_epi32(_mm512_loadu_si512(postings->docs + i),
                                        first);
        __mmask16 in_window = _mm512_mask_cmplt_epu32_mask(inside, slot, end);
        if (!in_window) break;
        __m512i alive = _mm512_permutexvar_epi8(_mm512_srli_epi32(slot, 6),
                                                live);
        __mmask16 wanted = _mm512_mask_test_epi32_mask(in_window, alive,
                                                       _mm512_set1_epi32(255));
        _mm512_storeu_si512(slots, _mm512_maskz_compress_epi32(wanted, slot));
        _mm512_storeu_ps(scores,
                         _mm512_maskz_compress_ps(
                             wanted, _mm512_loadu_ps(postings->scores + i)));
        uint32_t count = (uint32_t)__builtin_popcount(wanted);
        for (uint32_t j = 0; j < count; j++) {
            sums[slots[j]] += (double)scores[j];
            touched |= 1ull << (slots[j] / RANGE);
        }
        if (in_window != inside) break;
    }
    return touched;
}

/* Eight words from at[i] on, zeros from at[words] on. */
static inline __m512i load_words(const uint64_t *at, size_t i, size_t words)
{
    if (words - i >= 8) return _mm512_loadu_si512(at + i);
    return _mm512_maskz_loadu_epi64((__mmask8)((1u << (words - i)) - 1),
                                    at + i);
}

static inline void store_words(uint64_t *at, size_t i, size_t words, __m512i v)
{
    __mmask8 inside = (__mmask8)(words - i >= 8 ? 0xff
                                                : (1u << (words - i)) - 1);
    _mm512_mask_storeu_epi64(at + i, inside, v);
}

static uint64_t count_and(const uint64_t *a, const uint64_t *b, size_t words)
{
    __m512i count = _mm512_setzero_si512();
    for (size_t i = 0; i < words; i += 8) {
        __m512i both = _mm512_and_si512(load_words(a, i, words),
                                        load_words(b, i, words));
        count = _mm512_add_epi64(count, _mm512_popcnt_epi64(both));
    }
    return (uint64_t)_mm512_reduce_add_epi64(count);
}

static void or_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i += 8) {
        store_words(
            a, i, words,
            _mm512_or_si512(load_words(a, i, words), load_words(b, i, words)));
    }
}

static void and_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i += 8) {
        store_words(
            a, i, words,
            _mm512_and_si512(load_words(a, i, words), load_words(b, i, words)));
    }
}

static void remove_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i += 8) {
        store_words(a, i, words,
                    _mm512_andnot_si512(load_words(b, i, words),
                                        load_words(a, i, words)));
    }
}

static uint64_t count_bits(const uint64_t *a, size_t words)
{
    __m512i count = _mm512_setzero_si512();
    for (size_t i = 0; i < words; i += 8) {
        count = _mm512_add_epi64(count,
                                 _mm512_popcnt_epi64(load_words(a, i, words)));
    }
    return (uint64_t)_mm512_reduce_add_epi64(count);
}

static size_t test_bits(const uint32_t *docs, size_t count,
                        const uint64_t *bits, uint32_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i += 16) {
        __m512i docids = _mm512_loadu_si512(docs + i);
        __mmask16 set = bits_set(docids, lanes_inside(count - i), bits);
        _mm512_storeu_si512(out + found,
                            _mm512_maskz_compress_epi32(set, docids));
        found += (size_t)__builtin_popcount(set);
    }
    return found;
}

static uint32_t count_below(const uint32_t *docs, uint32_t count,
                            uint32_t docid)
{
    __m512i limit = _mm512_set1_epi32((int)docid);
    uint32_t below = 0;
    for (uint32_t i = 0; i < count; i += 16) {
        __mmask16 lanes = _mm512_mask_cmplt_epu32_mask(
            lanes_inside(count - i), _mm512_loadu_si512(docs + i), limit);
        below += (uint32_t)__builtin_popcount(lanes);
    }
    return below;
}

/* Appends the kept ones of 16 candidates to those kept before. */
static inline void keep_lanes(CandidateBlock *block, uint32_t *kept, uint32_t i,
                              __mmask16 keep, __m512 bounds)
{
    __m512i docs = _mm512_loadu_si512(block->docs + i);
    __m512 scores = _mm512_loadu_ps(block->scores + i);
    _mm512_storeu_si512(block->docs + *kept,
                        _mm512_maskz_compress_epi32(keep, docs));
    _mm512_storeu_ps(block->scores + *kept,
                     _mm512_maskz_compress_ps(keep, scores));
    _mm512_storeu_ps(block->bounds + *kept,
                     _mm512_maskz_compress_ps(keep, bounds));
    *kept += (uint32_t)__builtin_popcount(keep);
}

/* For each document: finds the group of 16 others that may hold it by the last
 * docid of each group, then its slot there. No branch depends on a docid. */
static uint32_t match(const uint32_t *docs, uint32_t count,
                      const uint32_t *others, uint32_t other_count,
                      uint8_t *found, uint8_t *slots)
{
    const __m256i steps = _mm256_set_epi32(127, 111, 95, 79, 63, 47, 31, 15);
    const __m512i none = _mm512_set1_epi32(-1); /* no docid */
    __mmask8 whole = (__mmask8)((1u << other_count / 16) - 1);
    __m256i lasts = _mm256_mmask_i32gather_epi32(_mm256_set1_epi32(-1), whole,
                                                 steps, others, 4);
    uint32_t tail[16], matches = 0;
    _mm512_storeu_si512(
        tail, _mm512_mask_loadu_epi32(none, lanes_inside(other_count % 16),
                                      others + other_count / 16 * 16));
    for (uint32_t i = 0; i < count; i++) {
        __m512i doc = _mm512_set1_epi32((int)docs[i]);
        uint32_t before = _mm256_cmplt_epu32_mask(lasts,
                                                  _mm512_castsi512_si256(doc));
        uint32_t sixteen = (uint32_t)__builtin_popcount(before);
        const uint32_t *here = sixteen < other_count / 16
                                   ? others + 16 * sixteen
                                   : tail;
        uint32_t same = _mm512_cmpeq_epi32_mask(_mm512_loadu_si512(here), doc);
        found[matches] = (uint8_t)i;
        slots[matches] = (uint8_t)(16 * sixteen +
                                   (uint32_t)__builtin_ctz(same | 1u << 16));
        matches += same != 0;
    }
    return matches;
}

static void prune_by_score(CandidateBlock *block, float rest, float needed)
{
    __m512 others = _mm512_set1_ps(rest), min = _mm512_set1_ps(needed);
    __m512 margin = _mm512_set1_ps(BOUND_MARGIN);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i += 16) {
        __m512 bounds = _mm512_mul_ps(
            _mm512_add_ps(_mm512_loadu_ps(block->scores + i), others), margin);
        __mmask16 keep = _mm512_mask_cmp_ps_mask(lanes_inside(block->count - i),
                                                 bounds, min, _CMP_GE_OQ);
        keep_lanes(block, &kept, i, keep, bounds);
    }
    block->count = kept;
}

static void prune_by_ranges(CandidateBlock *block, const PruneFilter *f)
{
    const __m512i low_byte = _mm512_set1_epi32(255);
    __m512 weight = _mm512_set1_ps(f->byte_weight);
    __m512 max_score = _mm512_set1_ps(f->max_score);
    __m512 needed = _mm512_set1_ps(f->needed);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i += 16) {
        __mmask16 keep = lanes_inside(block->count - i);
        __m512i range = _mm512_srli_epi32(_mm512_loadu_si512(block->docs + i),
                                          6);
        __m512i byte = _mm512_and_si512(
            low_byte, _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), keep,
                                                  range, f->ranges, 1));
        __m512 bound = _mm512_add_ps(
            _mm512_sub_ps(_mm512_loadu_ps(block->bounds + i), max_score),
            _mm512_mul_ps(_mm512_cvtepi32_ps(byte), weight));
        if (f->required) keep = _mm512_mask_test_epi32_mask(keep, byte, byte);
        keep = _mm512_mask_cmp_ps_mask(keep, bound, needed, _CMP_GE_OQ);
        keep_lanes(block, &kept, i, keep, bound);
    }
    block->count = kept;
}

static void prune_by_bits(CandidateBlock *block, const uint64_t *bits)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i += 16) {
        __mmask16 keep = bits_set(_mm512_loadu_si512(block->docs + i),
                                  lanes_inside(block->count - i), bits);
        keep_lanes(block, &kept, i, keep, _mm512_loadu_ps(block->bounds + i));
    }
    block->count = kept;
}

const RangeKernels range_kernels_avx512 = {
    .add_bytes = add_bytes,
    .require_bytes = require_bytes,
    .prefer_bytes = prefer_bytes,
    .select_ranges = select_ranges,
    .live_ranges = live_ranges,
    .live_bytes = live_bytes,
    .max_byte = max_byte,
    .add_weights = add_weights,
    .score = score,
    .add_bitmap = add_bitmap,
    .high_tf = high_tf,
    .add_window = add_window,
    .at_least = sums_at_least,
    .clear = clear_sums,
    .count_and = count_and,
    .or_bits = or_bits,
    .and_bits = and_bits,
    .remove_bits = remove_bits,
    .count_bits = count_bits,
    .test_bits = test_bits,
    .count_below = count_below,
    .match = match,
    .prune_by_ranges = prune_by_ranges,
    .prune_by_bits = prune_by_bits,
    .prune_by_score = prune_by_score,
    .take = candidates_take_avx512,
    .drop = candidates_drop_avx512,
    .look_up = candidates_look_up_avx512,
};
