/* segment_internal.h - shared by the files of this folder alone. */
#ifndef QUERN_SEGMENT_SEGMENT_INTERNAL_H
#define QUERN_SEGMENT_SEGMENT_INTERNAL_H

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/segment/segment.h"

/* Fills the segment from the header and the section table of its mapped file,
 * whose version is at least `oldest`; ERR_CORRUPT and ERR_UNSUPPORTED name the
 * file and what is wrong. */
NODISCARD Status segment_read_header(Segment *segment, uint32_t oldest,
                                     Error *error);

/* A bit of an array of atomic bits. Once it is set, the part or term has been
 * verified, and a thread that sees it also sees all that was read to verify it.
 */
static inline bool verified_bit(const _Atomic uint64_t *bits, uint64_t number)
{
    uint64_t word = atomic_load_explicit(&bits[number / 64],
                                         memory_order_acquire);
    return word >> (number % 64) & 1;
}

static inline void set_verified_bit(_Atomic uint64_t *bits, uint64_t number)
{
    atomic_fetch_or_explicit(&bits[number / 64], 1ull << (number % 64),
                             memory_order_release);
}

static inline uint64_t divide_up(uint64_t value, uint64_t by)
{
    return value / by + (value % by != 0);
}

static inline uint64_t round_up(uint64_t value, uint64_t to)
{
    return divide_up(value, to) * to;
}

static inline uint64_t pair_group_count(uint64_t pair_count)
{
    return divide_up(pair_count, PAIR_GROUP_PAIRS);
}

/* The size of the header and the tables of `pairs`. */
static inline uint64_t pair_tables_size(uint64_t words, uint64_t pairs)
{
    uint64_t size = PAIRS_HEADER_BYTES + 4 * words + 4 * (words + 1) +
                    2 * pairs;
    return round_up(size, 8) + 8 * (pair_group_count(pairs) + 1);
}

#endif
