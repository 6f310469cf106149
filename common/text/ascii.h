/* ascii.h - eight bytes of ASCII at a time, in portable C (SWAR).
 *
 * Most words of most texts are ASCII letters and digits; these functions find
 * the end of such a word and convert it to lower case without a branch per
 * byte. The bytes of a uint64_t are compared as lanes: adding 0x80 - first to a
 * 7-bit lane sets its top bit if the lane is at least `first`.
 */
#ifndef QUERN_TEXT_ASCII_H
#define QUERN_TEXT_ASCII_H

#include "common/base/compiler.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ASCII_LANES(byte) (UINT64_C(0x0101010101010101) * (byte))
#define ASCII_TOP_BITS ASCII_LANES(0x80)

static ALWAYS_INLINE uint64_t ascii_load(const uint8_t *at)
{
    uint64_t lanes;
    memcpy(&lanes, at, sizeof lanes);
    return lanes;
}

/* Up to eight bytes from `at`, zeros after `end`. */
static ALWAYS_INLINE uint64_t ascii_load_until(const uint8_t *at,
                                               const uint8_t *end)
{
    size_t left = (size_t)(end - at);
    if (left >= 8) return ascii_load(at);
    uint64_t lanes = 0;
    memcpy(&lanes, at, left);
    return lanes;
}

/* The top bit of each 7-bit lane that is in [first, last]. */
static ALWAYS_INLINE uint64_t ascii_in_range(uint64_t lanes, uint8_t first,
                                             uint8_t last)
{
    return (lanes + ASCII_LANES(0x80u - first)) &
           ~(lanes + ASCII_LANES(0x7fu - last));
}

/* The top bit of each lane that is an ASCII letter or digit. */
static ALWAYS_INLINE uint64_t ascii_words(uint64_t lanes)
{
    uint64_t low = lanes & ~ASCII_TOP_BITS;
    uint64_t letters = ascii_in_range(low | ASCII_LANES(0x20), 'a', 'z');
    return (letters | ascii_in_range(low, '0', '9')) & ~lanes & ASCII_TOP_BITS;
}

/* Lanes of letters and digits in lower case: only letters have bit 6. */
static ALWAYS_INLINE uint64_t ascii_lower(uint64_t lanes)
{
    return lanes | (lanes & ASCII_LANES(0x40)) >> 1;
}

/* The top bit of each lane that is anything else. */
static ALWAYS_INLINE uint64_t ascii_gaps(uint64_t lanes)
{
    return ~ascii_words(lanes) & ASCII_TOP_BITS;
}

/* The first byte from `at` that is not an ASCII letter or digit, or `end`.
 * Sixteen bytes per step: most words are shorter, and a branch on the length of
 * a word is hard to predict. */
static ALWAYS_INLINE const uint8_t *ascii_word_end(const uint8_t *at,
                                                   const uint8_t *end)
{
    for (; LIKELY(end - at >= 16); at += 16) {
        uint64_t low = ascii_gaps(ascii_load(at));
        uint64_t high = ascii_gaps(ascii_load(at + 8));
        const uint8_t *part = low ? at : at + 8;
        uint64_t gaps = low ? low : high;
        if (LIKELY(gaps)) return part + __builtin_ctzll(gaps) / 8;
    }
    for (; at < end; at += 8) {
        uint64_t gaps = ascii_gaps(ascii_load_until(at, end));
        if (gaps) return at + __builtin_ctzll(gaps) / 8;
    }
    return end;
}

/* The same, and in *capitals not 0 if there is a capital after the first byte
 * of the word; for a word longer than 16 bytes it may be not 0 without one. */
static ALWAYS_INLINE const uint8_t *
ascii_word_scan(const uint8_t *at, const uint8_t *end, uint64_t *capitals)
{
    *capitals = 1;
    if (UNLIKELY(end - at < 16)) return ascii_word_end(at, end);
    uint64_t low = ascii_load(at), high = ascii_load(at + 8);
    uint64_t low_gaps = ascii_gaps(low), high_gaps = ascii_gaps(high);
    uint64_t gaps = low_gaps ? low_gaps : high_gaps;
    if (UNLIKELY(!gaps)) return ascii_word_end(at + 16, end);
    /* letters have bit 6, capitals no bit 5 */
    uint64_t of_low = (low << 1 & ~(low << 2)) & ASCII_TOP_BITS &
                      ~UINT64_C(0xff);
    uint64_t of_high = (high << 1 & ~(high << 2)) & ASCII_TOP_BITS;
    uint64_t before = (gaps & -gaps) - 1; /* the lanes before the gap */
    *capitals = low_gaps ? of_low & before : of_low | (of_high & before);
    return (low_gaps ? at : at + 8) + __builtin_ctzll(gaps) / 8;
}

enum { ASCII_SPOILED_BYTES = 16 };

/* Writes `size` letters and digits from `at` in lower case, and overwrites up
 * to ASCII_SPOILED_BYTES after them; reads up to `end`. */
static ALWAYS_INLINE void ascii_lower_copy(uint8_t *out, const uint8_t *at,
                                           size_t size, const uint8_t *end)
{
    size_t i = 0;
    for (; i < size && LIKELY((size_t)(end - at) >= i + 16); i += 16) {
        uint64_t low = ascii_lower(ascii_load(at + i));
        uint64_t high = ascii_lower(ascii_load(at + i + 8));
        memcpy(out + i, &low, sizeof low);
        memcpy(out + i + 8, &high, sizeof high);
    }
    for (; i < size; i += 8) {
        uint64_t lanes = ascii_lower(ascii_load_until(at + i, end));
        memcpy(out + i, &lanes, sizeof lanes);
    }
}

#endif
