/* range_kernels_scalar.c - the reference kernels, for every machine. */
#include "searcher/search/kernels/range_kernels.h"

#include "common/segment/bm25.h"
#include "searcher/search/kernels/few_postings.h"

enum { RANGE = 64 };

static uint16_t saturating_sum(uint32_t a, uint32_t b)
{
    return a + b < UINT16_MAX ? (uint16_t)(a + b) : UINT16_MAX;
}

static uint32_t byte_bound(uint8_t byte, uint16_t multiplier)
{
    return ((uint32_t)byte * multiplier >> 8) + 1;
}

static void add_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                      uint16_t multiplier)
{
    for (size_t i = 0; i < count; i++) {
        if (!bytes[i]) continue;
        sums[i] = saturating_sum(sums[i], byte_bound(bytes[i], multiplier));
    }
}

static void require_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                          uint16_t multiplier)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bound = byte_bound(bytes[i], multiplier);
        sums[i] = sums[i] && bytes[i] ? saturating_sum(sums[i], bound) : 0;
    }
}

static void prefer_bytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                         uint16_t multiplier)
{
    for (size_t i = 0; i < count; i++) {
        if (!bytes[i] || !sums[i]) continue;
        sums[i] = saturating_sum(sums[i], byte_bound(bytes[i], multiplier));
    }
}

static size_t select_ranges(const uint16_t *sums, size_t count, uint16_t min,
                            uint32_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        out[found] = (uint32_t)i;
        found += sums[i] >= min;
    }
    return found;
}

static uint64_t live_ranges(const uint16_t *sums, uint16_t min)
{
    uint64_t live = 0;
    for (int i = 0; i < RANGE; i++) live |= (uint64_t)(sums[i] >= min) << i;
    return live;
}

static uint64_t live_bytes(const uint8_t *bytes, uint8_t min)
{
    uint64_t live = 0;
    for (int i = 0; i < RANGE; i++) live |= (uint64_t)(bytes[i] >= min) << i;
    return live;
}

static uint8_t max_byte(const uint8_t *bytes)
{
    uint8_t max = 0;
    for (int i = 0; i < RANGE; i++) {
        if (bytes[i] > max) max = bytes[i];
    }
    return max;
}

static void add_weights(float *sums, const uint8_t *bytes, float weight)
{
    for (int i = 0; i < RANGE; i++) sums[i] += (float)bytes[i] * weight;
}

static void score(const uint32_t *tfs, const uint32_t *codes, size_t count,
                  const CodeTable *table, float weight, float *scores)
{
    for (size_t i = 0; i < count; i++) {
        scores[i] = bm25_score(weight, tfs[i], table->inverse[codes[i]]);
    }
}

static uint64_t add_bitmap(const BitmapRange *range, double *sums)
{
    uint32_t ordinal = range->ordinal;
    uint32_t exception = (1u << range->tf_bits) - 1;
    uint64_t exceptions = 0;
    for (uint64_t bits = range->bits; bits; bits &= bits - 1, ordinal++) {
        int i = __builtin_ctzll(bits);
        if (!(range->wanted >> i & 1)) continue;
        uint32_t stored = stored_tf(range->tfs, range->tf_bits, ordinal);
        if (stored == exception) {
            exceptions |= 1ull << i;
        } else {
            sums[i] += (double)bm25_score(range->weight, stored + 1,
                                          range->inverse[range->norms[i]]);
        }
    }
    return exceptions;
}

uint64_t high_tf_scalar(const BitmapRange *range, const uint8_t *min_tfs)
{
    uint32_t ordinal = range->ordinal;
    uint32_t exception = (1u << range->tf_bits) - 1;
    uint64_t high = 0;
    for (uint64_t bits = range->bits; bits; bits &= bits - 1, ordinal++) {
        int i = __builtin_ctzll(bits);
        uint32_t stored = stored_tf(range->tfs, range->tf_bits, ordinal);
        bool is_high = stored >= min_tfs[range->norms[i]] ||
                       stored == exception;
        high |= (uint64_t)is_high << i;
    }
    return high & range->wanted;
}

uint64_t add_window_scalar(const WindowPostings *postings, double *sums)
{
    uint64_t touched = 0;
    for (uint32_t i = 0; i < postings->count; i++) {
        uint32_t slot = postings->docs[i] - postings->first;
        if (slot >= RANGE * RANGE) break;
        uint64_t range = 1ull << (slot / RANGE);
        if (!(postings->live & range)) continue;
        sums[slot] += (double)postings->scores[i];
        touched |= range;
    }
    return touched;
}

static uint64_t at_least(const double *sums, double min)
{
    uint64_t mask = 0;
    for (int i = 0; i < RANGE; i++) mask |= (uint64_t)(sums[i] >= min) << i;
    return mask;
}

static void clear(double *sums)
{
    for (int i = 0; i < RANGE; i++) sums[i] = 0.0;
}

static uint64_t count_and(const uint64_t *a, const uint64_t *b, size_t words)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words; i++) {
        count += (uint64_t)__builtin_popcountll(a[i] & b[i]);
    }
    return count;
}

static void or_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i++) a[i] |= b[i];
}

static void and_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i++) a[i] &= b[i];
}

static void remove_bits(uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i++) a[i] &= ~b[i];
}

static uint64_t count_bits(const uint64_t *a, size_t words)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words; i++) {
        count += (uint64_t)__builtin_popcountll(a[i]);
    }
    return count;
}

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

/* Halving, without a branch that depends on the docids. */
uint32_t count_below_scalar(const uint32_t *docs, uint32_t count,
                            uint32_t docid)
{
    const uint32_t *base = docs;
    while (count > 1) {
        uint32_t half = count / 2;
        base += base[half - 1] < docid ? half : 0;
        count -= half;
    }
    return (uint32_t)(base - docs) + (count && *base < docid);
}

uint32_t match_scalar(const uint32_t *docs, uint32_t count,
                      const uint32_t *others, uint32_t other_count,
                      uint8_t *found, uint8_t *slots)
{
    uint32_t matches = 0;
    for (uint32_t i = 0, j = 0; i < count && j < other_count;) {
        uint32_t doc = docs[i], other = others[j];
        if (doc == other) {
            found[matches] = (uint8_t)i;
            slots[matches++] = (uint8_t)j;
        }
        i += doc <= other;
        j += other <= doc;
    }
    return matches;
}

static void keep(CandidateBlock *block, uint32_t *kept, uint32_t i, float bound)
{
    block->docs[*kept] = block->docs[i];
    block->scores[*kept] = block->scores[i];
    block->bounds[*kept] = bound;
    ++*kept;
}

void prune_by_ranges_scalar(CandidateBlock *block, const PruneFilter *filter)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        uint8_t byte = filter->ranges[block->docs[i] / RANGE];
        float bound = block->bounds[i] - filter->max_score +
                      (float)byte * filter->byte_weight;
        if ((byte || !filter->required) && bound >= filter->needed) {
            keep(block, &kept, i, bound);
        }
    }
    block->count = kept;
}

void prune_by_bits_scalar(CandidateBlock *block, const uint64_t *bits)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t docid = block->docs[i];
        if (bits[docid / 64] >> (docid % 64) & 1) {
            keep(block, &kept, i, block->bounds[i]);
        }
    }
    block->count = kept;
}

void prune_by_score_scalar(CandidateBlock *block, float rest, float needed)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        float bound = (block->scores[i] + rest) * BOUND_MARGIN;
        if (bound >= needed) keep(block, &kept, i, bound);
    }
    block->count = kept;
}

const RangeKernels range_kernels_scalar = {
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
