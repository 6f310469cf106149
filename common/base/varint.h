/* varint.h - variable-byte integers: 7-bit groups, lowest first (LEB128).
 *
 * The top bit of a byte is set if another follows: 0..127 take one byte, a
 * 64-bit value at most ten.
 */
#ifndef QUERN_BASE_VARINT_H
#define QUERN_BASE_VARINT_H

#include "common/base/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VARINT_MAX_BYTES = 10 };

/* Writes value at `at`, which has room for VARINT_MAX_BYTES; returns the end.
 */
static inline uint8_t *varint_put(uint8_t *at, uint64_t value)
{
    while (value >= 0x80) {
        *at++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *at++ = (uint8_t)value;
    return at;
}

static inline size_t varint_size(uint64_t value)
{
    size_t size = 1;
    while (value >>= 7) size++;
    return size;
}

/* Reads one value from [*at, end) and moves *at past it. False, with *at
 * unchanged, if the bytes end first or the value needs more than 64 bits. */
NODISCARD static inline bool varint_get(const uint8_t **at, const uint8_t *end,
                                        uint64_t *value)
{
    uint64_t sum = 0;
    const uint8_t *p = *at;
    for (int shift = 0; p < end && shift < 64; shift += 7) {
        uint8_t byte = *p++;
        if (shift == 63 && byte > 1) return false;
        sum |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *at = p;
            *value = sum;
            return true;
        }
    }
    return false;
}

#endif
