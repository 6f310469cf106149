/* random_draws.h - a small random generator: splitmix64 (Steele, Lea, Flood,
 * OOPSLA 2014). The same seed draws the same numbers on every machine, so that
 * a table can be computed again. */
#ifndef QUERN_STATISTICS_RANDOM_DRAWS_H
#define QUERN_STATISTICS_RANDOM_DRAWS_H

#include <stdint.h>

typedef struct Draws {
    uint64_t state; /* the seed at first */
} Draws;

static inline uint64_t draws_next(Draws *draws)
{
    uint64_t x = draws->state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* Below `limit`, which is less than 2^32 and not 0. The bias, limit / 2^32, is
 * far below what a bootstrap resolves. */
static inline uint32_t draws_below(Draws *draws, uint32_t limit)
{
    return (uint32_t)((draws_next(draws) >> 32) * limit >> 32);
}

#endif
