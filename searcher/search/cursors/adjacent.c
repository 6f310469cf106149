/* adjacent.c - the positions at which two words of a phrase match. */
#include "searcher/search/cursors/adjacent.h"

#include "searcher/search/kernels/range_kernels.h"

#include <string.h>

/* Ascending positions of a word. */
typedef struct Others {
    const uint32_t *values;
    uint32_t count;
} Others;

/* The first index from `at` on with a value >= `value`. A binary search without
 * branches, which would be unpredictable. */
static uint32_t find_value(const Others *others, uint32_t at, uint32_t value)
{
    const uint32_t *values = others->values;
    for (uint32_t left = others->count - at; left > 0;) {
        uint32_t half = (left + 1) / 2;
        at += values[at + half - 1] < value ? half : 0;
        left -= half;
    }
    return at;
}

/* A few are searched for among the others, if these are many more, otherwise
 * merged. */
static uint32_t keep_few(uint32_t *values, uint32_t count, uint32_t between,
                         const Others *others)
{
    enum { MANY = 8 };
    bool search = others->count / MANY > count;
    uint32_t kept = 0, j = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t wanted = values[i] + between;
        if (search) j = find_value(others, j, wanted);
        while (j < others->count && others->values[j] < wanted) j++;
        if (j == others->count) break;
        if (others->values[j] == wanted) values[kept++] = values[i];
    }
    return kept;
}

/* By vectors: up to CHUNK values are looked for among as many others, from the
 * first on that is not less. */
static uint32_t keep_many(uint32_t *values, uint32_t count, uint32_t between,
                          const Others *others)
{
    enum { CHUNK = 128 };
    const RangeKernels *kernels = range_kernels();
    uint32_t wanted[CHUNK + 16], kept = 0, j = 0;
    uint8_t found[CHUNK], slots[CHUNK];
    for (uint32_t i = 0, taken; i < count; i += taken) {
        j = find_value(others, j, values[i] + between);
        if (j == others->count) break;
        uint32_t left = others->count - j;
        uint32_t chunk = left < CHUNK ? left : CHUNK;
        uint32_t last = others->values[j + chunk - 1];
        taken = 0;
        do wanted[taken] = values[i + taken] + between;
        while (++taken < CHUNK && i + taken < count &&
               values[i + taken] + between <= last);
        uint32_t matches = kernels->match(wanted, taken, others->values + j,
                                          chunk, found, slots);
        for (uint32_t m = 0; m < matches; m++)
            values[kept++] = values[i + found[m]];
    }
    return kept;
}

uint32_t adjacent_keep(uint32_t *values, uint32_t count, uint32_t shift,
                       const uint32_t *others, uint32_t other_count,
                       uint32_t other_shift)
{
    enum { FEW = 6, VECTOR = 16 };
    Others all = {others, other_count};
    uint32_t between = shift - other_shift; /* modulo 2^32 */
    uint32_t first = 0;
    while (first < count && values[first] + shift < other_shift) first++;
    count -= first;
    if (first) memmove(values, values + first, count * sizeof *values);
    return count <= FEW || other_count <= VECTOR
               ? keep_few(values, count, between, &all)
               : keep_many(values, count, between, &all);
}

/* All with all: no branch depends on where the matches are. What is below 0
 * wraps around and is beyond every position. */
uint32_t adjacent_keep_few(uint32_t *values, uint32_t count, uint32_t between,
                           const uint32_t *others, uint32_t other_count)
{
    uint32_t kept = 0, last = others[other_count - 1];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t wanted = values[i] + between, found = 0;
        for (uint32_t j = 0; j < ADJACENT_ROOM; j++)
            found |= (uint32_t)(others[j] == wanted);
        values[kept] = values[i];
        kept += found & (uint32_t)(wanted <= last);
    }
    return kept;
}
