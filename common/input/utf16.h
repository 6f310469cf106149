/* utf16.h - UTF-16 to UTF-8, piece by piece. */
#ifndef QUERN_INPUT_UTF16_H
#define QUERN_INPUT_UTF16_H

#include "common/base/span.h"

typedef struct Utf16 {
    bool big_endian;
    bool half; /* the first byte of a unit is kept in held_byte */
    uint8_t held_byte;
    uint16_t high;  /* a high surrogate held back, or 0 */
    bool is_broken; /* something became U+FFFD */
} Utf16;

/* Converts `bytes` to UTF-8 at `at`, at most 1.5 times their size and 8 bytes
 * more, and returns the end. An incomplete character is kept for the next
 * piece. A lone surrogate becomes U+FFFD. */
uint8_t *utf16_put(Utf16 *utf16, Span bytes, uint8_t *at);

/* Writes U+FFFD for a character that is incomplete at the end of the input. */
uint8_t *utf16_finish(Utf16 *utf16, uint8_t *at);

#endif
