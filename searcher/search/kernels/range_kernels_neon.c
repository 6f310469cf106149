/* range_kernels_neon.c - the kernels of the executors for NEON, 16 bytes at a
 * time.
 */
#include "searcher/search/kernels/range_kernels.h"

#include "searcher/search/kernels/lane_tables.h"

#include <arm_neon.h>
#include <string.h>

enum { RANGE = 64 };

/* u16: byte * multiplier / 256 + 1, and 0 for a byte that is 0. */
static inline uint16x8_t byte_bounds(const uint8_t *bytes, uint16_t multiplier)
{
    uint16x8_t wide = vmovl_u8(vld1_u8(bytes));
    uint32x4_t low = vmull_n_u16(vget_low_u16(wide), multiplier);
    uint32x4_t high = vmull_n_u16(vget_high_u16(wide), multiplier);
    uint16x8_t product = vcombine_u16(vshrn_n_u32(low, 8),
                                      vshrn_n_u32(high, 8));
    return vsubq_u16(product, vtstq_u16(wide, wide)); /* present is -1 */
}

static void add_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                      uint16_t multiplier)
{
    for (size_t i = 0; i < count; i += 8) {
        uint16x8_t bounds = byte_bounds(bytes + i, multiplier);
        vst1q_u16(sums + i, vqaddq_u16(vld1q_u16(sums + i), bounds));
    }
}

static void require_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                          uint16_t multiplier)
{
    for (size_t i = 0; i < count; i += 8) {
        uint16x8_t bounds = byte_bounds(bytes + i, multiplier);
        uint16x8_t sum = vld1q_u16(sums + i);
        uint16x8_t both = vandq_u16(vtstq_u16(sum, sum),
                                    vtstq_u16(bounds, bounds));
        vst1q_u16(sums + i, vandq_u16(vqaddq_u16(sum, bounds), both));
    }
}

static void prefer_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                         uint16_t multiplier)
{
    for (size_t i = 0; i < count; i += 8) {
        uint16x8_t bounds = byte_bounds(bytes + i, multiplier);
        uint16x8_t sum = vld1q_u16(sums + i);
        bounds = vandq_u16(bounds, vtstq_u16(sum, sum));
        vst1q_u16(sums + i, vqaddq_u16(sum, bounds));
    }
}

/* Bit i of byte i % 8, so that adding neighbours three times makes a mask. */
static inline uint8x16_t bit_of_byte(uint8x16_t set)
{
    const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128,
                             1, 2, 4, 8, 16, 32, 64, 128};
    return vandq_u8(set, bits);
}

/* Bit i: byte i is 255; each is 255 or 0. */
static inline uint64_t mask_of_64(uint8x16_t a, uint8x16_t b, uint8x16_t c,
                                  uint8x16_t d)
{
    uint8x16_t low = vpaddq_u8(bit_of_byte(a), bit_of_byte(b));
    uint8x16_t high = vpaddq_u8(bit_of_byte(c), bit_of_byte(d));
    uint8x16_t both = vpaddq_u8(low, high);
    both = vpaddq_u8(both, both);
    return vgetq_lane_u64(vreinterpretq_u64_u8(both), 0);
}

static inline uint8x16_t sixteen_at_least(const uint16_t *sums, uint16x8_t min)
{
    uint16x8_t low = vcgeq_u16(vld1q_u16(sums), min);
    uint16x8_t high = vcgeq_u16(vld1q_u16(sums + 8), min);
    return vcombine_u8(vmovn_u16(low), vmovn_u16(high));
}

static uint64_t live_ranges(const uint16_t *sums, uint16_t min)
{
    uint16x8_t limit = vdupq_n_u16(min);
    return mask_of_64(
        sixteen_at_least(sums, limit), sixteen_at_least(sums + 16, limit),
        sixteen_at_least(sums + 32, limit), sixteen_at_least(sums + 48, limit));
}

/* Appends first + the index of each bit that is set. */
static inline size_t append_indexes(uint32_t *out, size_t found, size_t first,
                                    uint64_t mask)
{
    for (; mask; mask >>= 8, first += 8) {
        uint32x4_t start = vdupq_n_u32((uint32_t)first);
        uint8x8_t bytes = vcreate_u8(compress_lanes[mask & 0xff]);
        uint16x8_t slots = vmovl_u8(bytes);
        vst1q_u32(out + found, vaddw_u16(start, vget_low_u16(slots)));
        vst1q_u32(out + found + 4, vaddw_u16(start, vget_high_u16(slots)));
        found += (size_t)__builtin_popcountll(mask & 0xff);
    }
    return found;
}

static inline uint16x8_t max_words(const uint16_t *sums)
{
    uint16x8_t max = vld1q_u16(sums);
    for (int i = 8; i < RANGE; i += 8) {
        max = vmaxq_u16(max, vld1q_u16(sums + i));
    }
    return max;
}

static size_t select_ranges(const uint16_t *sums, size_t count, uint16_t min,
                            uint32_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i += RANGE) {
        if (vmaxvq_u16(max_words(sums + i)) < min) continue;
        found = append_indexes(out, found, i, live_ranges(sums + i, min));
    }
    return found;
}

static uint64_t live_bytes(const uint8_t *bytes, uint8_t min)
{
    uint8x16_t limit = vdupq_n_u8(min);
    return mask_of_64(vcgeq_u8(vld1q_u8(bytes), limit),
                      vcgeq_u8(vld1q_u8(bytes + 16), limit),
                      vcgeq_u8(vld1q_u8(bytes + 32), limit),
                      vcgeq_u8(vld1q_u8(bytes + 48), limit));
}

static uint8_t max_byte(const uint8_t *bytes)
{
    uint8x16_t low = vmaxq_u8(vld1q_u8(bytes), vld1q_u8(bytes + 16));
    uint8x16_t high = vmaxq_u8(vld1q_u8(bytes + 32), vld1q_u8(bytes + 48));
    return vmaxvq_u8(vmaxq_u8(low, high));
}

/* Eight u32 lanes. */
typedef struct Eight {
    uint32x4_t low, high;
} Eight;

static inline Eight widen_bytes(uint8x8_t bytes)
{
    uint16x8_t words = vmovl_u8(bytes);
    return (Eight){vmovl_u16(vget_low_u16(words)),
                   vmovl_u16(vget_high_u16(words))};
}

static inline void add_four(float *sums, uint32x4_t bytes, float weight)
{
    float32x4_t addend = vmulq_n_f32(vcvtq_f32_u32(bytes), weight);
    vst1q_f32(sums, vaddq_f32(vld1q_f32(sums), addend));
}

static void add_weights(float *sums, const uint8_t *bytes, float weight)
{
    for (int i = 0; i < RANGE; i += 8) {
        Eight eight = widen_bytes(vld1_u8(bytes + i));
        add_four(sums + i, eight.low, weight);
        add_four(sums + i + 4, eight.high, weight);
    }
}

/* bm25_score of common/segment/bm25.h: w - w / (1 + tf * c), each operation
 * rounded. */
static inline float32x4_t bm25(uint32x4_t tf, float32x4_t c, float weight)
{
    float32x4_t w = vdupq_n_f32(weight);
    float32x4_t product = vmulq_f32(vcvtq_f32_u32(tf), c);
    float32x4_t divisor = vaddq_f32(vdupq_n_f32(1.0f), product);
    return vsubq_f32(w, vdivq_f32(w, divisor));
}

static void score(const uint32_t *tfs, const uint32_t *codes, size_t count,
                  const CodeTable *table, float weight, float *scores)
{
    for (size_t i = 0; i < count; i += 4) {
        float c[4] = {0};
        for (size_t j = 0; j < 4 && i + j < count; j++) {
            c[j] = table->inverse[codes[i + j]];
        }
        vst1q_f32(scores + i, bm25(vld1q_u32(tfs + i), vld1q_f32(c), weight));
    }
}

/* The stored tfs of the documents i .. i + 7, 0 where the document lacks the
 * term. */
static inline Eight stored_tfs(const BitmapRange *range, int i)
{
    uint64_t before = range->bits & ((1ull << i) - 1);
    uint32_t ordinal = range->ordinal + (uint32_t)__builtin_popcountll(before);
    uint8x8_t bytes;
    if (range->tf_bits == 8) {
        bytes = vld1_u8(range->tfs + ordinal);
    } else {
        uint64_t word;
        memcpy(&word, range->tfs + ordinal / 2, sizeof word);
        uint8x8_t pairs = vcreate_u8(word >> ordinal % 2 * 4);
        bytes = vzip1_u8(vand_u8(pairs, vdup_n_u8(15)), vshr_n_u8(pairs, 4));
    }
    uint8x8_t ranks = vcreate_u8(expand_lanes[range->bits >> i & 0xff]);
    return widen_bytes(vtbl1_u8(bytes, ranks));
}

/* Adds the scores of four documents where `wanted` is set. */
static inline void add_scores(const BitmapRange *range, const uint8_t *norms,
                              uint32x4_t stored, uint32x4_t wanted,
                              double *sums)
{
    const float *inverse = range->inverse;
    const float codes[4] = {inverse[norms[0]], inverse[norms[1]],
                            inverse[norms[2]], inverse[norms[3]]};
    float32x4_t s = bm25(vaddq_u32(stored, vdupq_n_u32(1)), vld1q_f32(codes),
                         range->weight);
    /* Adding -0.0 changes nothing, not even another -0.0. */
    s = vbslq_f32(wanted, s, vdupq_n_f32(-0.0f));
    float64x2_t low = vcvt_f64_f32(vget_low_f32(s));
    float64x2_t high = vcvt_high_f64_f32(s);
    vst1q_f64(sums, vaddq_f64(vld1q_f64(sums), low));
    vst1q_f64(sums + 2, vaddq_f64(vld1q_f64(sums + 2), high));
}

/* Adds the scores of the documents i .. i + 7; returns the exceptions among
 * them, which are not added. */
static inline uint64_t add_eight(const BitmapRange *range, int i, double *sums)
{
    const uint32x4_t low_bits = {1, 2, 4, 8}, high_bits = {16, 32, 64, 128};
    uint32x4_t all = vdupq_n_u32((uint32_t)(range->wanted >> i & 0xff));
    uint32x4_t exception = vdupq_n_u32((1u << range->tf_bits) - 1);
    Eight stored = stored_tfs(range, i);
    Eight wanted = {vtstq_u32(all, low_bits), vtstq_u32(all, high_bits)};
    Eight exceptions = {
        vandq_u32(wanted.low, vceqq_u32(stored.low, exception)),
        vandq_u32(wanted.high, vceqq_u32(stored.high, exception))};
    add_scores(range, range->norms + i, stored.low,
               vbicq_u32(wanted.low, exceptions.low), sums + i);
    add_scores(range, range->norms + i + 4, stored.high,
               vbicq_u32(wanted.high, exceptions.high), sums + i + 4);
    return vaddvq_u32(vorrq_u32(vandq_u32(exceptions.low, low_bits),
                                vandq_u32(exceptions.high, high_bits)));
}

static uint64_t add_bitmap(const BitmapRange *range, double *sums)
{
    uint64_t exceptions = 0;
    for (uint64_t rest = range->wanted; rest;) {
        int i = __builtin_ctzll(rest) & ~7;
        exceptions |= add_eight(range, i, sums) << i;
        rest &= ~(0xffull << i);
    }
    return exceptions;
}

/* 16 bits each: 0xffff where the sum is at least min. */
static inline uint16x4_t four_at_least(const double *sums, float64x2_t min)
{
    uint32x2_t low = vmovn_u64(vcgeq_f64(vld1q_f64(sums), min));
    uint32x2_t high = vmovn_u64(vcgeq_f64(vld1q_f64(sums + 2), min));
    return vmovn_u32(vcombine_u32(low, high));
}

static inline uint8x16_t sixteen_suffice(const double *sums, float64x2_t min)
{
    uint16x8_t low = vcombine_u16(four_at_least(sums, min),
                                  four_at_least(sums + 4, min));
    uint16x8_t high = vcombine_u16(four_at_least(sums + 8, min),
                                   four_at_least(sums + 12, min));
    return vcombine_u8(vmovn_u16(low), vmovn_u16(high));
}

static uint64_t at_least(const double *sums, double min)
{
    float64x2_t limit = vdupq_n_f64(min);
    return mask_of_64(
        sixteen_suffice(sums, limit), sixteen_suffice(sums + 16, limit),
        sixteen_suffice(sums + 32, limit), sixteen_suffice(sums + 48, limit));
}

/* Adds how many bits each 8 bytes have set. */
static inline uint64x2_t add_counts(uint64x2_t counts, uint64x2_t bits)
{
    uint8x16_t bytes = vcntq_u8(vreinterpretq_u8_u64(bits));
    return vpadalq_u32(counts, vpaddlq_u16(vpaddlq_u8(bytes)));
}

static void clear(double *sums)
{
    for (int i = 0; i < RANGE; i += 2) vst1q_f64(sums + i, vdupq_n_f64(0.0));
}

static uint64_t count_and(const uint64_t *a, const uint64_t *b, size_t words)
{
    uint64x2_t counts = vdupq_n_u64(0);
    size_t i = 0;
    for (; i + 2 <= words; i += 2) {
        counts = add_counts(counts,
                            vandq_u64(vld1q_u64(a + i), vld1q_u64(b + i)));
    }
    uint64_t sum = vaddvq_u64(counts);
    if (i < words) sum += (uint64_t)__builtin_popcountll(a[i] & b[i]);
    return sum;
}

static void or_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    size_t i = 0;
    for (; i + 2 <= words; i += 2) {
        vst1q_u64(a + i, vorrq_u64(vld1q_u64(a + i), vld1q_u64(b + i)));
    }
    if (i < words) a[i] |= b[i];
}

static void and_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    size_t i = 0;
    for (; i + 2 <= words; i += 2) {
        vst1q_u64(a + i, vandq_u64(vld1q_u64(a + i), vld1q_u64(b + i)));
    }
    if (i < words) a[i] &= b[i];
}

static void remove_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    size_t i = 0;
    for (; i + 2 <= words; i += 2) {
        vst1q_u64(a + i, vbicq_u64(vld1q_u64(a + i), vld1q_u64(b + i)));
    }
    if (i < words) a[i] &= ~b[i];
}

static uint64_t count_bits(const uint64_t *a, size_t words)
{
    uint64x2_t counts = vdupq_n_u64(0);
    size_t i = 0;
    for (; i + 2 <= words; i += 2) {
        counts = add_counts(counts, vld1q_u64(a + i));
    }
    uint64_t sum = vaddvq_u64(counts);
    if (i < words) sum += (uint64_t)__builtin_popcountll(a[i]);
    return sum;
}

/* As the reference: NEON has no gather. */
static size_t test_bits(const uint32_t *docs, size_t count,
                        const uint64_t *bits, uint32_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t docid = docs[i];
        out[found] = docid;
        found += bits[docid / 64] >> (docid % 64) & 1;
    }
    return found;
}

const RangeKernels range_kernels_neon = {
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
    .count_below = count_below_scalar,
    .match = match_scalar,
    .prune_by_ranges = prune_by_ranges_scalar,
    .prune_by_bits = prune_by_bits_scalar,
    .prune_by_score = prune_by_score_scalar,
    .take = candidates_take_scalar,
    .drop = candidates_drop_scalar,
    .look_up = candidates_look_up_scalar,
};
