/* json_string.c - decodes the strings of JSON. */
#include "common/input/json_string.h"

#include "common/base/utf8_clean.h"

static unsigned digit_value(uint8_t digit)
{
    return digit <= '9' ? digit - 0x30u : (digit | 0x20u) - 'a' + 10;
}

static uint32_t hex_unit(const uint8_t *at)
{
    return digit_value(at[0]) << 12 | digit_value(at[1]) << 8 |
           digit_value(at[2]) << 4 | digit_value(at[3]);
}

/* Decodes the four digits after \u at *at, which are checked. */
static uint8_t *decode_unicode(const uint8_t **at, const uint8_t *end,
                               uint8_t *out, bool *has_lone)
{
    uint32_t unit = hex_unit(*at);
    *at += 4;
    bool pair = (unit & 0xfc00) == 0xd800 && end - *at >= 6 &&
                (*at)[0] == '\\' && (*at)[1] == 'u' &&
                (hex_unit(*at + 2) & 0xfc00) == 0xdc00;
    if (pair) {
        unit = 0x10000 + ((unit & 0x3ff) << 10 | (hex_unit(*at + 2) & 0x3ff));
        *at += 6;
    } else if ((unit & 0xf800) == 0xd800) {
        *has_lone = true;
    }
    return utf8_put_code_point(out, unit);
}

static uint8_t unescaped(uint8_t letter)
{
    switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter; /* quote, backslash, slash */
    }
}

uint8_t *json_string_decode(Span raw, uint8_t *out, bool *has_lone)
{
    const uint8_t *at = raw.data, *end = at + raw.size;
    while (at < end) {
        const uint8_t *escape = memchr(at, '\\', (size_t)(end - at));
        size_t plain = (size_t)((escape ? escape : end) - at);
        memcpy(out, at, plain);
        out += plain;
        at += plain;
        if (!escape) break;
        uint8_t letter = at[1];
        at += 2;
        if (letter == 'u') {
            out = decode_unicode(&at, end, out, has_lone);
        } else {
            *out++ = unescaped(letter);
        }
    }
    return out;
}
