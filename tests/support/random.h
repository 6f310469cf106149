/* random.h - reproducible randomness for tests: a seed gives a sequence.
 *
 * SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number
 * Generators, 2014).
 */
#ifndef QUERN_SUPPORT_RANDOM_H
#define QUERN_SUPPORT_RANDOM_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Random {
    uint64_t state;
} Random;

static inline uint64_t random_next(Random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* 0 <= number < limit */
static inline size_t random_below(Random *random, size_t limit)
{
    return (size_t)(random_next(random) % limit);
}

static inline size_t random_between(Random *random, size_t low, size_t high)
{
    return low + random_below(random, high - low + 1);
}

static inline bool random_chance(Random *random, double probability)
{
    return (double)(random_next(random) >> 11) * 0x1p-53 < probability;
}

/* Zipf's law: number r with probability proportional to 1 / (r + 1). */
static inline size_t random_zipf(Random *random, size_t limit)
{
    double u = (double)(random_next(random) >> 11) * 0x1p-53;
    size_t rank = (size_t)pow((double)(limit + 1), u) - 1;
    return rank < limit ? rank : limit - 1;
}

#endif
