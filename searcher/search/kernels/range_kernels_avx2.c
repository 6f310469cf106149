/* range_kernels_avx2.c - the kernels of the executors for AVX2, 32 bytes at a
 * time.
 */
#include "searcher/search/kernels/few_postings.h"
#include "searcher/search/kernels/range_kernels.h"

#include "searcher/search/kernels/lane_tables.h"

#include <immintrin.h>
#include <string.h>

enum {
    RANGE = 64,
    FEW = 16 /* wanted postings: up to 16, one at a time is as fast */
};

static inline __m256i load(const void *at)
{
    return _mm256_loadu_si256(at);
}

static inline void store(void *at, __m256i value)
{
    _mm256_storeu_si256(at, value);
}

/* u16: byte * multiplier / 256 + 1, and 0 for a byte that is 0. */
static inline __m256i byte_bounds(const uint8_t *bytes, __m256i multiplier)
{
    __m256i wide = _mm256_cvtepu8_epi16(_mm_loadu_si128((const void *)bytes));
    __m256i product = _mm256_mulhi_epu16(_mm256_slli_epi16(wide, 8),
                                         multiplier);
    __m256i present = _mm256_cmpgt_epi16(wide, _mm256_setzero_si256());
    return _mm256_sub_epi16(product, present); /* present is -1 */
}

static inline __m256i is_zero(__m256i words)
{
    return _mm256_cmpeq_epi16(words, _mm256_setzero_si256());
}

static void add_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                      uint16_t multiplier)
{
    __m256i m = _mm256_set1_epi16((short)multiplier);
    for (size_t i = 0; i < count; i += 16) {
        __m256i bounds = byte_bounds(bytes + i, m);
        store(sums + i, _mm256_adds_epu16(load(sums + i), bounds));
    }
}

static void require_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                          uint16_t multiplier)
{
    __m256i m = _mm256_set1_epi16((short)multiplier);
    for (size_t i = 0; i < count; i += 16) {
        __m256i bounds = byte_bounds(bytes + i, m);
        __m256i sum = load(sums + i);
        __m256i out = _mm256_or_si256(is_zero(sum), is_zero(bounds));
        sum = _mm256_adds_epu16(sum, bounds);
        store(sums + i, _mm256_andnot_si256(out, sum));
    }
}

static void prefer_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                         uint16_t multiplier)
{
    __m256i m = _mm256_set1_epi16((short)multiplier);
    for (size_t i = 0; i < count; i += 16) {
        __m256i bounds = byte_bounds(bytes + i, m);
        __m256i sum = load(sums + i);
        bounds = _mm256_andnot_si256(is_zero(sum), bounds);
        store(sums + i, _mm256_adds_epu16(sum, bounds));
    }
}

static inline __m256i words_at_least(__m256i words, __m256i min)
{
    return _mm256_cmpeq_epi16(_mm256_max_epu16(words, min), words);
}

/* Bit i: sums[i] >= min, for 32 sums. */
static inline uint32_t mask_of_32(const uint16_t *sums, __m256i min)
{
    __m256i low = words_at_least(load(sums), min);
    __m256i high = words_at_least(load(sums + 16), min);
    __m256i bytes = _mm256_packs_epi16(low, high); /* within halves */
    bytes = _mm256_permute4x64_epi64(bytes, 0xd8);
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

static inline __m256i lanes_of(uint64_t bytes)
{
    return _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)bytes));
}

/* Appends first + the index of each of eight bits that is set. */
static inline size_t append_eight(uint32_t *out, size_t found, size_t first,
                                  uint32_t mask)
{
    __m256i slots = lanes_of(compress_lanes[mask]);
    store(out + found, _mm256_add_epi32(slots, _mm256_set1_epi32((int)first)));
    return found + (size_t)__builtin_popcount(mask);
}

static inline size_t append_indexes(uint32_t *out, size_t found, size_t first,
                                    uint32_t mask)
{
    if (!mask) return found;
    found = append_eight(out, found, first, mask & 0xff);
    found = append_eight(out, found, first + 8, mask >> 8 & 0xff);
    found = append_eight(out, found, first + 16, mask >> 16 & 0xff);
    return append_eight(out, found, first + 24, mask >> 24);
}

static inline __m256i max_words(const uint16_t *sums)
{
    __m256i low = _mm256_max_epu16(load(sums), load(sums + 16));
    __m256i high = _mm256_max_epu16(load(sums + 32), load(sums + 48));
    return _mm256_max_epu16(low, high);
}

static size_t select_ranges(const uint16_t *sums, size_t count, uint16_t min,
                            uint32_t *out)
{
    __m256i limit = _mm256_set1_epi16((short)min);
    size_t found = 0;
    for (size_t i = 0; i < count; i += 64) {
        __m256i any = words_at_least(max_words(sums + i), limit);
        if (!_mm256_movemask_epi8(any)) continue;
        found = append_indexes(out, found, i, mask_of_32(sums + i, limit));
        found = append_indexes(out, found, i + 32,
                               mask_of_32(sums + i + 32, limit));
    }
    return found;
}

static uint64_t live_ranges(const uint16_t *sums, uint16_t min)
{
    __m256i limit = _mm256_set1_epi16((short)min);
    uint64_t low = mask_of_32(sums, limit);
    return low | (uint64_t)mask_of_32(sums + 32, limit) << 32;
}

static uint64_t live_bytes(const uint8_t *bytes, uint8_t min)
{
    __m256i limit = _mm256_set1_epi8((char)min);
    __m256i low = load(bytes), high = load(bytes + 32);
    __m256i low_live = _mm256_cmpeq_epi8(_mm256_max_epu8(low, limit), low);
    __m256i high_live = _mm256_cmpeq_epi8(_mm256_max_epu8(high, limit), high);
    return (uint32_t)_mm256_movemask_epi8(low_live) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high_live) << 32;
}

static uint8_t max_byte(const uint8_t *bytes)
{
    __m256i half = _mm256_max_epu8(load(bytes), load(bytes + 32));
    __m128i most = _mm_max_epu8(_mm256_castsi256_si128(half),
                                _mm256_extracti128_si256(half, 1));
    /* The minimum of the inverted bytes, by minpos on 16 bits. */
    most = _mm_max_epu8(most, _mm_srli_epi16(most, 8));
    most = _mm_andnot_si128(most, _mm_set1_epi16(0xff));
    return (uint8_t)~_mm_cvtsi128_si32(_mm_minpos_epu16(most));
}

/* Eight bytes as lanes. */
static inline __m256i widen_bytes(const uint8_t *bytes)
{
    return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const void *)bytes));
}

static void add_weights(float *sums, const uint8_t *bytes, float weight)
{
    __m256 w = _mm256_set1_ps(weight);
    for (int i = 0; i < RANGE; i += 8) {
        __m256 b = _mm256_cvtepi32_ps(widen_bytes(bytes + i));
        __m256 sum = _mm256_loadu_ps(sums + i);
        _mm256_storeu_ps(sums + i, _mm256_add_ps(sum, _mm256_mul_ps(b, w)));
    }
}

/* bm25_score of common/segment/bm25.h: w - w / (1 + tf * c), each operation
 * rounded. */
static inline __m256 bm25(__m256 tf, __m256 c, __m256 w)
{
    __m256 divisor = _mm256_add_ps(_mm256_set1_ps(1.0f), _mm256_mul_ps(tf, c));
    return _mm256_sub_ps(w, _mm256_div_ps(w, divisor));
}

/* AVX2 cannot convert u32: both halves are exact, their sum is rounded once. */
static inline __m256 floats_of(__m256i values)
{
    __m256i low = _mm256_and_si256(values, _mm256_set1_epi32(0xffff));
    __m256 high = _mm256_cvtepi32_ps(_mm256_srli_epi32(values, 16));
    return _mm256_add_ps(_mm256_mul_ps(high, _mm256_set1_ps(0x1p16f)),
                         _mm256_cvtepi32_ps(low));
}

static inline __m256i ascending(void)
{
    return _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
}

/* Lanes before `count`. */
static inline __m256i lanes_inside(size_t count)
{
    int inside = count < 8 ? (int)count : 8;
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(inside), ascending());
}

static void score(const uint32_t *tfs, const uint32_t *codes, size_t count,
                  const CodeTable *table, float weight, float *scores)
{
    __m256 w = _mm256_set1_ps(weight);
    for (size_t i = 0; i < count; i += 8) {
        __m256i code = _mm256_maskload_epi32(
            (const int *)(const void *)(codes + i), lanes_inside(count - i));
        __m256 c = _mm256_i32gather_ps(table->inverse, code, 4);
        __m256 tf = floats_of(load(tfs + i));
        _mm256_storeu_ps(scores + i, bm25(tf, c, w));
    }
}

/* The stored tfs of the documents i .. i + 7, 0 where the document lacks the
 * term. */
static inline __m256i stored_tfs(const BitmapRange *range, int i)
{
    uint32_t ordinal = ordinal_at(range, i);
    __m128i bytes;
    if (range->tf_bits == 8) {
        bytes = _mm_loadl_epi64((const void *)(range->tfs + ordinal));
    } else {
        const __m128i low_bits = _mm_set1_epi8(15);
        uint64_t word;
        memcpy(&word, range->tfs + ordinal / 2, sizeof word);
        word >>= ordinal % 2 * 4;
        __m128i pairs = _mm_cvtsi64_si128((long long)word);
        __m128i odd = _mm_and_si128(_mm_srli_epi16(pairs, 4), low_bits);
        bytes = _mm_unpacklo_epi8(_mm_and_si128(pairs, low_bits), odd);
    }
    uint64_t ranks = expand_lanes[range->bits >> i & 0xff];
    bytes = _mm_shuffle_epi8(bytes, _mm_cvtsi64_si128((long long)ranks));
    return _mm256_cvtepu8_epi32(bytes);
}

/* All bits of lane i where bit i is set. */
static inline __m256i lanes_of_bits(uint64_t bits)
{
    const __m256i each = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    __m256i all = _mm256_set1_epi32((int)bits);
    return _mm256_cmpeq_epi32(_mm256_and_si256(all, each), each);
}

static inline void add_doubles(double *sums, __m128 addends)
{
    _mm256_storeu_pd(
        sums, _mm256_add_pd(_mm256_loadu_pd(sums), _mm256_cvtps_pd(addends)));
}

/* Adds the scores of the documents i .. i + 7; returns the exceptions among
 * them, which are not added. */
static inline uint64_t add_eight(const BitmapRange *range, int i, double *sums)
{
    __m256i exception = _mm256_set1_epi32((1 << range->tf_bits) - 1);
    __m256i stored = stored_tfs(range, i);
    __m256i wanted = lanes_of_bits(range->wanted >> i & 0xff);
    __m256i exceptions = _mm256_and_si256(
        wanted, _mm256_cmpeq_epi32(stored, exception));
    wanted = _mm256_andnot_si256(exceptions, wanted);
    __m256i tf = _mm256_add_epi32(stored, _mm256_set1_epi32(1));
    __m256 c = _mm256_i32gather_ps(range->inverse,
                                   widen_bytes(range->norms + i), 4);
    __m256 s = bm25(_mm256_cvtepi32_ps(tf), c, _mm256_set1_ps(range->weight));
    /* Adding -0.0 changes nothing, not even another -0.0. */
    s = _mm256_blendv_ps(_mm256_set1_ps(-0.0f), s, _mm256_castsi256_ps(wanted));
    add_doubles(sums + i, _mm256_castps256_ps128(s));
    add_doubles(sums + i + 4, _mm256_extractf128_ps(s, 1));
    return (uint64_t)_mm256_movemask_ps(_mm256_castsi256_ps(exceptions));
}

static uint64_t add_bitmap(const BitmapRange *range, double *sums)
{
    uint64_t exceptions = 0;
    if (__builtin_popcountll(range->wanted) <= FEW) return add_few(range, sums);
    for (uint64_t rest = range->wanted; rest;) {
        int i = __builtin_ctzll(rest) & ~7;
        exceptions |= add_eight(range, i, sums) << i;
        rest &= ~(0xffull << i);
    }
    return exceptions;
}

static uint64_t at_least(const double *sums, double min)
{
    __m256d limit = _mm256_set1_pd(min);
    uint64_t mask = 0;
    for (int i = 0; i < RANGE; i += 4) {
        __m256d enough = _mm256_cmp_pd(_mm256_loadu_pd(sums + i), limit,
                                       _CMP_GE_OQ);
        mask |= (uint64_t)_mm256_movemask_pd(enough) << i;
    }
    return mask;
}

/* How many bits of each 8 bytes are set: a look-up of each half byte (Mula,
 * Kurz and Lemire, Faster Population Counts Using AVX2 Instructions, 2018). */
static inline __m256i count_lanes(__m256i bits)
{
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3,
                                            2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3,
                                            1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i low_bits = _mm256_set1_epi8(15);
    __m256i low = _mm256_and_si256(bits, low_bits);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(bits, 4), low_bits);
    __m256i bytes = _mm256_add_epi8(_mm256_shuffle_epi8(counts, low),
                                    _mm256_shuffle_epi8(counts, high));
    return _mm256_sad_epu8(bytes, _mm256_setzero_si256());
}

static inline uint64_t sum_lanes(__m256i lanes)
{
    __m128i half = _mm_add_epi64(_mm256_castsi256_si128(lanes),
                                 _mm256_extracti128_si256(lanes, 1));
    return (uint64_t)_mm_cvtsi128_si64(half) +
           (uint64_t)_mm_extract_epi64(half, 1);
}

static void clear(double *sums)
{
    for (int i = 0; i < RANGE; i += 4) {
        _mm256_storeu_pd(sums + i, _mm256_setzero_pd());
    }
}

static uint64_t count_and(const uint64_t *a, const uint64_t *b, size_t words)
{
    __m256i count = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 4 <= words; i += 4) {
        __m256i both = _mm256_and_si256(load(a + i), load(b + i));
        count = _mm256_add_epi64(count, count_lanes(both));
    }
    uint64_t sum = sum_lanes(count);
    for (; i < words; i++) sum += (uint64_t)__builtin_popcountll(a[i] & b[i]);
    return sum;
}

static void or_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    size_t i = 0;
    for (; i + 4 <= words; i += 4) {
        store(a + i, _mm256_or_si256(load(a + i), load(b + i)));
    }
    for (; i < words; i++) a[i] |= b[i];
}

static void and_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    size_t i = 0;
    for (; i + 4 <= words; i += 4) {
        store(a + i, _mm256_and_si256(load(a + i), load(b + i)));
    }
    for (; i < words; i++) a[i] &= b[i];
}

static void remove_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    size_t i = 0;
    for (; i + 4 <= words; i += 4) {
        store(a + i, _mm256_andnot_si256(load(b + i), load(a + i)));
    }
    for (; i < words; i++) a[i] &= ~b[i];
}

static uint64_t count_bits(const uint64_t *a, size_t words)
{
    __m256i count = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 4 <= words; i += 4) {
        count = _mm256_add_epi64(count, count_lanes(load(a + i)));
    }
    uint64_t sum = sum_lanes(count);
    for (; i < words; i++) sum += (uint64_t)__builtin_popcountll(a[i]);
    return sum;
}

static size_t test_bits(const uint32_t *docs, size_t count,
                        const uint64_t *bits, uint32_t *out)
{
    const __m256i zero = _mm256_setzero_si256();
    size_t found = 0;
    for (size_t i = 0; i < count; i += 8) {
        __m256i docids = load(docs + i);
        __m256i words = _mm256_mask_i32gather_epi32(
            zero, (const int *)(const void *)bits, _mm256_srli_epi32(docids, 5),
            lanes_inside(count - i), 4);
        /* The document's bit becomes the sign. */
        __m256i back = _mm256_andnot_si256(docids, _mm256_set1_epi32(31));
        __m256i signs = _mm256_sllv_epi32(words, back);
        uint32_t set = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(signs));
        __m256i kept = _mm256_permutevar8x32_epi32(
            docids, lanes_of(compress_lanes[set]));
        store(out + found, kept);
        found += (size_t)__builtin_popcount(set);
    }
    return found;
}

static uint32_t count_below(const uint32_t *docs, uint32_t count,
                            uint32_t docid)
{
    /* With their top bit flipped, docids compare as signed integers. */
    const __m256i turn = _mm256_set1_epi32(INT32_MIN);
    __m256i limit = _mm256_xor_si256(_mm256_set1_epi32((int)docid), turn);
    __m256i below = _mm256_setzero_si256();
    for (uint32_t i = 0; i < count; i += 8) {
        __m256i docids = _mm256_xor_si256(load(docs + i), turn);
        __m256i less = _mm256_and_si256(_mm256_cmpgt_epi32(limit, docids),
                                        lanes_inside(count - i));
        below = _mm256_sub_epi32(below, less);
    }
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(below),
                                 _mm256_extracti128_si256(below, 1));
    half = _mm_add_epi32(half, _mm_srli_si128(half, 8));
    half = _mm_add_epi32(half, _mm_srli_si128(half, 4));
    return (uint32_t)_mm_cvtsi128_si32(half);
}

/* The top bits of 8 lanes. */
static inline uint32_t signs_of(__m256i lanes)
{
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(lanes));
}

/* Appends the kept ones of 8 candidates to those kept before. */
static inline void keep_lanes(CandidateBlock *block, uint32_t *kept, uint32_t i,
                              uint32_t keep, __m256 bounds)
{
    __m256i lanes = lanes_of(compress_lanes[keep]);
    __m256i docs = load(block->docs + i);
    __m256 scores = _mm256_loadu_ps(block->scores + i);
    store(block->docs + *kept, _mm256_permutevar8x32_epi32(docs, lanes));
    _mm256_storeu_ps(block->scores + *kept,
                     _mm256_permutevar8x32_ps(scores, lanes));
    _mm256_storeu_ps(block->bounds + *kept,
                     _mm256_permutevar8x32_ps(bounds, lanes));
    *kept += (uint32_t)__builtin_popcount(keep);
}

/* For each document: finds the group of 16 others that may hold it by the last
 * docid of each group, then its slot there. No branch depends on a docid. */
static uint32_t match(const uint32_t *docs, uint32_t count,
                      const uint32_t *others, uint32_t other_count,
                      uint8_t *found, uint8_t *slots)
{
    const __m256i turn = _mm256_set1_epi32(INT32_MIN);
    uint32_t sixteens = other_count / 16, matches = 0;
    uint32_t lasts[16], tail[16];
    for (uint32_t i = 0; i < 16; i++) {
        uint32_t at = sixteens * 16 + i;
        lasts[i] = i < sixteens ? others[16 * i + 15] : UINT32_MAX;
        tail[i] = at < other_count ? others[at] : UINT32_MAX;
    }
    __m256i low = _mm256_xor_si256(load(lasts), turn);
    __m256i high = _mm256_xor_si256(load(lasts + 8), turn);
    for (uint32_t i = 0; i < count; i++) {
        __m256i doc = _mm256_set1_epi32((int)docs[i]);
        __m256i turned = _mm256_xor_si256(doc, turn);
        uint32_t before = signs_of(_mm256_cmpgt_epi32(turned, low)) |
                          signs_of(_mm256_cmpgt_epi32(turned, high)) << 8;
        uint32_t sixteen = (uint32_t)__builtin_popcount(before);
        const uint32_t *here = sixteen < sixteens ? others + 16 * sixteen
                                                  : tail;
        uint32_t same = signs_of(_mm256_cmpeq_epi32(load(here), doc)) |
                        signs_of(_mm256_cmpeq_epi32(load(here + 8), doc)) << 8;
        found[matches] = (uint8_t)i;
        slots[matches] = (uint8_t)(16 * sixteen +
                                   (uint32_t)__builtin_ctz(same | 1u << 16));
        matches += same != 0;
    }
    return matches;
}

static void prune_by_score(CandidateBlock *block, float rest, float needed)
{
    __m256 others = _mm256_set1_ps(rest), min = _mm256_set1_ps(needed);
    __m256 margin = _mm256_set1_ps(BOUND_MARGIN);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i += 8) {
        __m256i inside = lanes_inside(block->count - i);
        __m256 bounds = _mm256_mul_ps(
            _mm256_add_ps(_mm256_loadu_ps(block->scores + i), others), margin);
        __m256 keep = _mm256_and_ps(_mm256_castsi256_ps(inside),
                                    _mm256_cmp_ps(bounds, min, _CMP_GE_OQ));
        keep_lanes(block, &kept, i, (uint32_t)_mm256_movemask_ps(keep), bounds);
    }
    block->count = kept;
}

static void prune_by_ranges(CandidateBlock *block, const PruneFilter *f)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256 weight = _mm256_set1_ps(f->byte_weight);
    __m256 max_score = _mm256_set1_ps(f->max_score);
    __m256 needed = _mm256_set1_ps(f->needed);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i += 8) {
        __m256i inside = lanes_inside(block->count - i);
        __m256i range = _mm256_srli_epi32(load(block->docs + i), 6);
        __m256i byte = _mm256_and_si256(
            _mm256_set1_epi32(255),
            _mm256_mask_i32gather_epi32(
                zero, (const int *)(const void *)f->ranges, range, inside, 1));
        __m256 bound = _mm256_add_ps(
            _mm256_sub_ps(_mm256_loadu_ps(block->bounds + i), max_score),
            _mm256_mul_ps(_mm256_cvtepi32_ps(byte), weight));
        __m256 keep = _mm256_and_ps(_mm256_castsi256_ps(inside),
                                    _mm256_cmp_ps(bound, needed, _CMP_GE_OQ));
        if (f->required) {
            __m256i missing = _mm256_cmpeq_epi32(byte, zero);
            keep = _mm256_andnot_ps(_mm256_castsi256_ps(missing), keep);
        }
        keep_lanes(block, &kept, i, (uint32_t)_mm256_movemask_ps(keep), bound);
    }
    block->count = kept;
}

static void prune_by_bits(CandidateBlock *block, const uint64_t *bits)
{
    const __m256i zero = _mm256_setzero_si256();
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i += 8) {
        __m256i docids = load(block->docs + i);
        __m256i words = _mm256_mask_i32gather_epi32(
            zero, (const int *)(const void *)bits, _mm256_srli_epi32(docids, 5),
            lanes_inside(block->count - i), 4);
        /* The document's bit becomes the sign. */
        __m256i back = _mm256_andnot_si256(docids, _mm256_set1_epi32(31));
        __m256i signs = _mm256_sllv_epi32(words, back);
        keep_lanes(block, &kept, i,
                   (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(signs)),
                   _mm256_loadu_ps(block->bounds + i));
    }
    block->count = kept;
}

const RangeKernels range_kernels_avx2 = {
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
    .high_tf = high_tf_scalar,
    .add_window = add_window_scalar,
    .at_least = at_least,
    .clear = clear,
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
    .take = candidates_take_scalar,
    .drop = candidates_drop_scalar,
    .look_up = candidates_look_up_scalar,
};
