/* utf8.c - decodes and encodes UTF-8. */
#include "common/base/utf8.h"

#include <stdbool.h>

/* The length of the sequence of a lead byte; 0 if it is not a lead byte. */
static size_t announced_size(uint8_t lead)
{
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if (lead >= 0xe0 && lead <= 0xef) return 3;
    if (lead >= 0xf0 && lead <= 0xf4) return 4;
    return 0;
}

/* Unicode, table 3-7: the range of the second byte excludes overlong forms,
 * surrogates, and values above U+10FFFF. */
static bool is_second(uint8_t lead, uint8_t byte)
{
    uint8_t first = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t last = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return byte >= first && byte <= last;
}

uint32_t utf8_decode_long(const uint8_t *at, const uint8_t *end, size_t *size)
{
    uint8_t lead = at[0];
    size_t announced = announced_size(lead);
    size_t there = (size_t)(end - at);
    *size = 1;
    if (announced == 0 || there < 2 || !is_second(lead, at[1]))
        return UTF8_REPLACEMENT;
    uint32_t code_point = lead & (0x7fu >> announced);
    code_point = code_point << 6 | (at[1] & 0x3fu);
    for (*size = 2; *size < announced; ++*size) {
        if (*size == there || (at[*size] & 0xc0) != 0x80)
            return UTF8_REPLACEMENT;
        code_point = code_point << 6 | (at[*size] & 0x3fu);
    }
    return code_point;
}

size_t utf8_encode(uint32_t code_point, uint8_t *out)
{
    if (code_point < 0x80) {
        out[0] = (uint8_t)code_point;
        return 1;
    }
    size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (uint8_t)(0x80 | (code_point & 0x3f));
        code_point >>= 6;
    }
    static const uint8_t LEADS[] = {0, 0, 0xc0, 0xe0, 0xf0};
    out[0] = (uint8_t)(LEADS[size] | code_point);
    return size;
}
