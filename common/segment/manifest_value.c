/* manifest_value.c - numbers and names as MANIFEST writes them. */
#include "common/base/c_locale.h"
#include "common/base/escaped_text.h"
#include "common/segment/manifest_internal.h"

#include <math.h>

bool manifest_number(Span value, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < value.size; i++) {
        uint8_t digit = (uint8_t)(value.data[i] - '0');
        if (digit > 9 || *out > (UINT64_MAX - digit) / 10) return false;
        *out = *out * 10 + digit;
    }
    return value.size > 0;
}

bool manifest_hash(Span value, uint64_t *out)
{
    *out = 0;
    if (value.size != HASH_DIGITS) return false;
    for (size_t i = 0; i < HASH_DIGITS; i++) {
        int digit = hex_digit(value.data[i]);
        if (digit < 0) return false;
        *out = *out << 4 | (uint64_t)digit;
    }
    return true;
}

bool manifest_float(Span value, float *out)
{
    char text[32];
    if (value.size == 0 || value.size >= sizeof text) return false;
    memcpy(text, value.data, value.size);
    text[value.size] = '\0';
    char *end;
    *out = c_locale_float(text, &end);
    return *end == '\0' && isfinite(*out) && *out >= 0;
}

bool manifest_yes(Span value, bool *out)
{
    *out = span_equals_text(value, "yes");
    return *out || span_equals_text(value, "no");
}

bool manifest_file_name(Span name, const char *suffix)
{
    uint64_t hash;
    return name.size > HASH_DIGITS &&
           manifest_hash(span_of(name.data, HASH_DIGITS), &hash) &&
           name.data[HASH_DIGITS] == '.' &&
           span_equals_text(span_of(name.data + HASH_DIGITS + 1,
                                    name.size - HASH_DIGITS - 1),
                            suffix);
}

Span manifest_take_word(Span *rest)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != ' ') size++;
    Span word = span_of(rest->data, size);
    size_t taken = size < rest->size ? size + 1 : size;
    *rest = span_of(rest->data + taken, rest->size - taken);
    return word;
}
