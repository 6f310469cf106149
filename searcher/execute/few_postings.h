/* few_postings.h - a bitmap's wanted postings one by one.
 *
 * Quicker than vectors as long as they are few; shared by the vector kernels.
 */
#ifndef QUERN_EXECUTE_FEW_POSTINGS_H
#define QUERN_EXECUTE_FEW_POSTINGS_H

#include "searcher/execute/range_kernels.h"

static inline uint32_t number_at(const BitmapRange *range, int i)
{
    uint64_t before = range->bits & ((1ull << i) - 1);
    return range->number + (uint32_t)__builtin_popcountll(before);
}

/* Few wanted postings: one by one. */
static inline uint64_t add_few(const BitmapRange *range, double *sums)
{
    uint32_t exception = (1u << range->tf_bits) - 1;
    uint32_t in_byte = range->tf_bits == 4; /* values of a byte, less one */
    uint64_t exceptions = 0;
    for (uint64_t rest = range->wanted; rest; rest &= rest - 1) {
        int i = __builtin_ctzll(rest);
        uint32_t number = number_at(range, i);
        uint32_t byte = range->tfs[number >> in_byte];
        uint32_t stored = byte >> (number & in_byte) * 4 & exception;
        if (stored == exception) {
            exceptions |= 1ull << i;
        } else {
            float c = range->inverse[range->norms[i]];
            float tf = (float)(stored + 1);
            sums[i] += (double)(range->weight -
                                range->weight / (1.0f + tf * c));
        }
    }
    return exceptions;
}

#endif
