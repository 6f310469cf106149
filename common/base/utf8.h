/* utf8.h - decodes and encodes UTF-8.
 *
 * Invalid bytes are read as U+FFFD, one per maximal subpart (Unicode 15,
 * section 3.9, 'Substitution of Maximal Subparts'), as in Java and WHATWG
 * decoders. So any bytes are a text.
 */
#ifndef QUERN_BASE_UTF8_H
#define QUERN_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum { UTF8_REPLACEMENT = 0xfffd, UTF8_MAX_BYTES = 4 };

/* utf8_decode if the first byte is not ASCII. */
uint32_t utf8_decode_long(const uint8_t *at, const uint8_t *end, size_t *size);

/* The code point at `at` < end; *size is how many bytes it takes. */
static inline uint32_t utf8_decode(const uint8_t *at, const uint8_t *end,
                                   size_t *size)
{
    if (*at < 0x80) {
        *size = 1;
        return *at;
    }
    return utf8_decode_long(at, end, size);
}

/* Writes up to UTF8_MAX_BYTES and returns how many. */
size_t utf8_encode(uint32_t code_point, uint8_t *out);

/* Length in UTF-16, in which Java counts. */
static inline size_t utf16_units(uint32_t code_point)
{
    return code_point > 0xffff ? 2 : 1;
}

#endif
