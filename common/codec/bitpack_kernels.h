/* bitpack_kernels.h - one table of decoders per instruction set.
 *
 * Included by bitpack.c and the bitpack_*.c files only. Every table gives the
 * same values for the first `count` elements of out. Widths are 1 .. 25:
 * bitpack.c handles 0 and 32.
 */
#ifndef QUERN_CODEC_BITPACK_KERNELS_H
#define QUERN_CODEC_BITPACK_KERNELS_H

#include "common/base/compiler.h"
#include "common/codec/bitpack.h"

#include <stddef.h>
#include <stdint.h>

typedef struct BitpackKernels {
    void (*unpack)(const uint8_t *stream, uint32_t width, size_t count,
                   uint32_t add, uint32_t *out);
    void (*unpack_deltas)(const uint8_t *stream, uint32_t width, size_t count,
                          uint32_t before, uint32_t *out);
    /* Widths up to BITPACK_SUMS_WIDTH. */
    void (*unpack_sums)(const uint8_t *stream, uint32_t width, size_t bit,
                        uint32_t *out);
    uint32_t (*count_below)(const uint8_t *stream, uint32_t width, size_t count,
                            uint32_t limit);
} BitpackKernels;

/* With up to seven bits before it a value still fits in 32: in the second of
 * two steps of up to seven bits. */
enum { BITPACK_SUMS_WIDTH = 18 };

/* For tables without kernels of their own. */
HIDDEN void bitpack_unpack_sums_scalar(const uint8_t *stream, uint32_t width,
                                       size_t bit, uint32_t *out);
HIDDEN uint32_t bitpack_count_below_scalar(const uint8_t *stream,
                                           uint32_t width, size_t count,
                                           uint32_t limit);

extern HIDDEN const BitpackKernels bitpack_scalar;
#if defined(__x86_64__)
extern HIDDEN const BitpackKernels bitpack_avx2;
extern HIDDEN const BitpackKernels bitpack_avx512;
#elif defined(__aarch64__)
extern HIDDEN const BitpackKernels bitpack_neon;
#endif

/* Expands ROW once for each width that a vector kernel can unpack. */
#define BITPACK_WIDTHS(ROW)                                                    \
    ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7), ROW(8),    \
        ROW(9), ROW(10), ROW(11), ROW(12), ROW(13), ROW(14), ROW(15), ROW(16), \
        ROW(17), ROW(18), ROW(19), ROW(20), ROW(21), ROW(22), ROW(23),         \
        ROW(24), ROW(25)

#endif
