/* utf16.c - UTF-16 to UTF-8, piece by piece. */
#include "common/input/utf16.h"

#include "common/base/utf8_clean.h"

enum { REPLACEMENT = 0xfffd };

static uint8_t *put_replacement(Utf16 *utf16, uint8_t *at)
{
    utf16->is_broken = true;
    return utf8_put_code_point(at, REPLACEMENT);
}

static uint8_t *put_unit(Utf16 *utf16, uint16_t unit, uint8_t *at)
{
    bool low = (unit & 0xfc00) == 0xdc00;
    uint32_t high = utf16->high;
    utf16->high = 0;
    if (high && low) {
        uint32_t pair = (high & 0x3ff) << 10 | (unit & 0x3ffu);
        return utf8_put_code_point(at, 0x10000 + pair);
    }
    if (high) at = put_replacement(utf16, at);
    if (low) return put_replacement(utf16, at);
    if ((unit & 0xfc00) == 0xd800) {
        utf16->high = unit;
        return at;
    }
    return utf8_put_code_point(at, unit);
}

uint8_t *utf16_put(Utf16 *utf16, Span bytes, uint8_t *at)
{
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        if (utf16->half) {
            unsigned first = utf16->held_byte;
            unsigned unit = utf16->big_endian ? first << 8 | byte
                                              : (unsigned)byte << 8 | first;
            at = put_unit(utf16, (uint16_t)unit, at);
        }
        utf16->held_byte = byte;
        utf16->half = !utf16->half;
    }
    return at;
}

uint8_t *utf16_finish(Utf16 *utf16, uint8_t *at)
{
    if (utf16->high || utf16->half) at = put_replacement(utf16, at);
    utf16->high = 0;
    utf16->half = false;
    return at;
}
