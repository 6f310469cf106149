/* lane_tables.h - a byte of 8 bits as an order of 8 lanes.
 *
 * For instruction sets that move lanes by a table but cannot compress or
 * expand them by a mask. Included by kernels only.
 */
#ifndef QUERN_KERNELS_LANE_TABLES_H
#define QUERN_KERNELS_LANE_TABLES_H

#include <stdint.h>

#define LANE(m, i) ((uint64_t)(m) >> (i)&1)

/* The bytes of `rest`, with i before them where bit i is set. */
#define COMPRESS_BYTE(m, i, rest) ((rest) << 8 * LANE(m, i) | LANE(m, i) * (i))
#define COMPRESS_ROW(m)                         \
    COMPRESS_BYTE(                              \
        m, 0,                                   \
        COMPRESS_BYTE(                          \
            m, 1,                               \
            COMPRESS_BYTE(                      \
                m, 2,                           \
                COMPRESS_BYTE(                  \
                    m, 3,                       \
                    COMPRESS_BYTE(              \
                        m, 4,                   \
                        COMPRESS_BYTE(          \
                            m, 5,               \
                            COMPRESS_BYTE(m, 6, \
                                          COMPRESS_BYTE(m, 7, 0ull))))))))

#define EXPAND_BYTE(m, i)                                              \
    (LANE(m, i) ? (uint64_t)__builtin_popcount((m) & ((1 << (i)) - 1)) \
                : 0x80ull)                                             \
        << 8 * (i)
#define EXPAND_ROW(m)                                               \
    EXPAND_BYTE(m, 0) | EXPAND_BYTE(m, 1) | EXPAND_BYTE(m, 2) |     \
        EXPAND_BYTE(m, 3) | EXPAND_BYTE(m, 4) | EXPAND_BYTE(m, 5) | \
        EXPAND_BYTE(m, 6) | EXPAND_BYTE(m, 7)

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
static const uint64_t compress_lanes[256] = {ROWS_256(COMPRESS_ROW)};

/* Expand: byte i is how many bits are set below bit i where that is set, and
 * otherwise 0x80, for which a shuffle gives 0. */
static const uint64_t expand_lanes[256] = {ROWS_256(EXPAND_ROW)};

#endif
