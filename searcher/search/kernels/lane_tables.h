/* lane_tables.h - tables that compress and expand 8 lanes by a mask of 8 bits.
 *
 * For instruction sets that permute lanes by a table but have no compress or
 * expand instruction (AVX2, NEON). Included by kernels only.
 */
#ifndef QUERN_KERNELS_LANE_TABLES_H
#define QUERN_KERNELS_LANE_TABLES_H

#include <stdint.h>

#define LANE(m, i) ((uint64_t)(m) >> (i)&1)

/* The bytes of `rest`, preceded by i where bit i is set. */
#define PACK(m, i, rest) ((rest) << 8 * LANE(m, i) | LANE(m, i) * (i))
#define PACK_ROW(m)                \
    PACK(m, 0,                     \
         PACK(m, 1,                \
              PACK(m, 2,           \
                   PACK(m, 3,      \
                        PACK(m, 4, \
                             PACK(m, 5, PACK(m, 6, PACK(m, 7, 0ull))))))))

#define RANK(m, i)                                                     \
    (LANE(m, i) ? (uint64_t)__builtin_popcount((m) & ((1 << (i)) - 1)) \
                : 0x80ull)                                             \
        << 8 * (i)
#define RANK_ROW(m)                                                  \
    RANK(m, 0) | RANK(m, 1) | RANK(m, 2) | RANK(m, 3) | RANK(m, 4) | \
        RANK(m, 5) | RANK(m, 6) | RANK(m, 7)

#define ROWS_4(ROW, m) ROW(m), ROW((m) + 1), ROW((m) + 2), ROW((m) + 3)
#define ROWS_16(ROW, m)                                         \
    ROWS_4(ROW, m), ROWS_4(ROW, (m) + 4), ROWS_4(ROW, (m) + 8), \
        ROWS_4(ROW, (m) + 12)
#define ROWS_64(ROW, m)                                              \
    ROWS_16(ROW, m), ROWS_16(ROW, (m) + 16), ROWS_16(ROW, (m) + 32), \
        ROWS_16(ROW, (m) + 48)
#define ROWS_256(ROW) \
    ROWS_64(ROW, 0), ROWS_64(ROW, 64), ROWS_64(ROW, 128), ROWS_64(ROW, 192)

/* Compress: byte k is the index of the k-th bit that is set, then zeros. */
static const uint64_t compress_lanes[256] = {ROWS_256(PACK_ROW)};

/* Expand: byte i is the number of bits set below bit i if bit i is set,
 * otherwise 0x80, which makes a shuffle give 0. */
static const uint64_t expand_lanes[256] = {ROWS_256(RANK_ROW)};

#endif
