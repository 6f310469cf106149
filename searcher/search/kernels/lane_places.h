/* lane_places.h - a byte of 8 bits as an order of 8 lanes.
 *
 * For instruction sets that move lanes by a table but cannot compress or
 * expand them by a mask. Included by kernels only.
 */
#ifndef QUERN_KERNELS_LANE_PLACES_H
#define QUERN_KERNELS_LANE_PLACES_H

#include <stdint.h>

#define LANE(m, i) ((uint64_t)(m) >> (i)&1)

/* The bytes of `rest`, with i before them where bit i is set. */
#define PLACE(m, i, rest) ((rest) << 8 * LANE(m, i) | LANE(m, i) * (i))
#define PLACES(m)                             \
    PLACE(m, 0,                               \
          PLACE(m, 1,                         \
                PLACE(m, 2,                   \
                      PLACE(m, 3,             \
                            PLACE(m, 4,       \
                                  PLACE(m, 5, \
                                        PLACE(m, 6, PLACE(m, 7, 0ull))))))))

#define RANK_BYTE(m, i)                                                \
    (LANE(m, i) ? (uint64_t)__builtin_popcount((m) & ((1 << (i)) - 1)) \
                : 0x80ull)                                             \
        << 8 * (i)
#define RANKS(m)                                                            \
    RANK_BYTE(m, 0) | RANK_BYTE(m, 1) | RANK_BYTE(m, 2) | RANK_BYTE(m, 3) | \
        RANK_BYTE(m, 4) | RANK_BYTE(m, 5) | RANK_BYTE(m, 6) | RANK_BYTE(m, 7)

#define ROWS_4(ROW, m) ROW(m), ROW((m) + 1), ROW((m) + 2), ROW((m) + 3)
#define ROWS_16(ROW, m)                                         \
    ROWS_4(ROW, m), ROWS_4(ROW, (m) + 4), ROWS_4(ROW, (m) + 8), \
        ROWS_4(ROW, (m) + 12)
#define ROWS_64(ROW, m)                                              \
    ROWS_16(ROW, m), ROWS_16(ROW, (m) + 16), ROWS_16(ROW, (m) + 32), \
        ROWS_16(ROW, (m) + 48)
#define ROWS_256(ROW) \
    ROWS_64(ROW, 0), ROWS_64(ROW, 64), ROWS_64(ROW, 128), ROWS_64(ROW, 192)

/* Compress: byte k is the place of the k-th bit set, then zeros. */
static const uint64_t lane_places[256] = {ROWS_256(PLACES)};

/* Expand: byte i is how many bits are set below bit i where that is set, and
 * otherwise 0x80, for which a shuffle gives 0. */
static const uint64_t lane_ranks[256] = {ROWS_256(RANKS)};

#endif
