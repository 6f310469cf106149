/* score_bounds.h - x, the fraction of its weight that a term adds to a score,
 * in a byte or in 16 bits, and back (FORMAT.md, bounds).
 *
 * Writer, check and executors all use these functions. A bound is never below
 * the true fraction, a k-th value never above it, both by more than rounding to
 * float can move a score.
 */
#ifndef QUERN_SEGMENT_SCORE_BOUNDS_H
#define QUERN_SEGMENT_SCORE_BOUNDS_H

#include "common/segment/bm25.h"

#define BOUND_BYTE_ONE 255.0   /* the byte of a fraction of 1 */
#define BOUND_WORD_ONE 65535.0 /* the 16 bits of it */

/* x of the product tf * c: the product with a tf of 1 is c. */
static inline double product_fraction(float product)
{
    return bm25_fraction(1, product);
}

uint8_t bound_byte(double fraction);
uint16_t bound_word(double fraction);
uint16_t kth_word(double fraction);

/* The bound of a block of postings whose greatest product this is. */
static inline uint8_t block_bound(float product)
{
    return bound_byte(product_fraction(product));
}

/* The bound of a range: 0 where it has no posting, and so no product. */
static inline uint8_t range_bound(float product)
{
    return product > 0 ? block_bound(product) : 0;
}

/* What a byte adds to a score, for each of its steps. */
static inline double bound_byte_step(double weight)
{
    return weight / BOUND_BYTE_ONE;
}

static inline double bound_byte_score(double weight, uint8_t bound)
{
    return weight * bound / BOUND_BYTE_ONE;
}

/* The same of 16 bits: a bound or a k-th value. */
static inline double bound_word_score(double weight, uint16_t bound)
{
    return weight * bound / BOUND_WORD_ONE;
}

#endif
