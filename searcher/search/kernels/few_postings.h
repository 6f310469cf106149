/* few_postings.h - a bitmap's wanted postings, one at a time.
 *
 * Faster than vectors while there are few of them; shared by the kernels.
 */
#ifndef QUERN_KERNELS_FEW_POSTINGS_H
#define QUERN_KERNELS_FEW_POSTINGS_H

#include "common/segment/bm25.h"
#include "searcher/search/kernels/range_kernels.h"

/* tf - 1 of a bitmap's posting, or the value that marks an exception (all bits
 * set); tf_bits is 4 or 8. */
static inline uint32_t stored_tf(const uint8_t *tfs, uint32_t tf_bits,
                                 uint32_t ordinal)
{
    uint32_t in_byte = tf_bits == 4; /* values in a byte, minus one */
    uint32_t byte = tfs[ordinal >> in_byte];
    return byte >> (ordinal & in_byte) * 4 & ((1u << tf_bits) - 1);
}

static inline uint32_t ordinal_at(const BitmapRange *range, int i)
{
    uint64_t before = range->bits & ((1ull << i) - 1);
    return range->ordinal + (uint32_t)__builtin_popcountll(before);
}

/* As RangeKernels.add_bitmap. */
static inline uint64_t add_few(const BitmapRange *range, double *sums)
{
    uint32_t exception = (1u << range->tf_bits) - 1;
    uint64_t exceptions = 0;
    for (uint64_t rest = range->wanted; rest; rest &= rest - 1) {
        int i = __builtin_ctzll(rest);
        uint32_t ordinal = ordinal_at(range, i);
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

#endif
