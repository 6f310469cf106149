/* utf8_clean.c - replaces invalid UTF-8. */
#include "common/base/utf8_clean.h"

#include "common/base/bytes.h"

static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */

enum { REPLACEMENT_BYTES = 3, STRIDE = 32 };

/* The number of leading bytes that are ASCII. */
static size_t ascii_run(const uint8_t *at, size_t left)
{
    const uint64_t tops = 0x8080808080808080u;
    size_t size = 0;
    while (left - size >= STRIDE) {
        const uint8_t *p = at + size;
        uint64_t all = get_u64le(p) | get_u64le(p + 8) | get_u64le(p + 16) |
                       get_u64le(p + 24);
        if (all & tops) break;
        size += STRIDE;
    }
    while (size < left && at[size] < 0x80) size++;
    return size;
}

/* The length of the sequence at `at`, or of the ill-formed subpart to replace.
 * After four of the lead bytes the second has a narrower range (Unicode, table
 * 3-7), which excludes overlong forms, surrogates and values above U+10FFFF. */
static size_t sequence_length(const uint8_t *at, size_t left, bool *valid)
{
    uint8_t lead = at[0];
    *valid = lead < 0x80;
    if (lead < 0xc2 || lead > 0xf4) return 1;
    size_t wanted = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    size_t length = 1;
    while (length < wanted && length < left && at[length] >= low &&
           at[length] <= high) {
        length++;
        low = 0x80;
        high = 0xbf;
    }
    *valid = length == wanted;
    return length;
}

/* The number of leading bytes that are characters of two or three bytes, with
 * single ASCII ones between them: nearly all text beyond ASCII. Lead bytes
 * whose second byte has a narrower range end it. */
static size_t usual_run(const uint8_t *at, size_t left)
{
    size_t size = 0;
    while (left - size >= 3) {
        const uint8_t *p = at + size;
        bool is_second = (p[1] & 0xc0) == 0x80,
             is_third = (p[2] & 0xc0) == 0x80;
        if (p[0] >= 0xc2 && p[0] < 0xe0 && is_second) {
            size += 2;
        } else if (p[0] > 0xe0 && p[0] < 0xf0 && p[0] != 0xed && is_second &&
                   is_third) {
            size += 3;
        } else if (p[0] < 0x80 && p[1] >= 0x80) {
            size++;
        } else {
            break;
        }
    }
    return size;
}

/* The length of the longest valid prefix; *broken is the length of the
 * ill-formed subpart after it, 0 at the end. */
static size_t clean_prefix(Span bytes, size_t *broken)
{
    *broken = 0;
    size_t size = 0;
    while (size < bytes.size) {
        const uint8_t *at = bytes.data + size;
        if (*at < 0x80) {
            size += ascii_run(at, bytes.size - size);
            continue;
        }
        size_t usual = usual_run(at, bytes.size - size);
        size += usual;
        if (usual) continue;
        bool valid;
        size_t length = sequence_length(at, bytes.size - size, &valid);
        if (!valid) {
            *broken = length;
            return size;
        }
        size += length;
    }
    return size;
}

bool utf8_is_clean(Span bytes)
{
    size_t broken;
    clean_prefix(bytes, &broken);
    return broken == 0;
}

size_t utf8_clean_size(Span bytes)
{
    size_t size = 0, broken;
    while (bytes.size) {
        size_t clean = clean_prefix(bytes, &broken);
        size += clean + (broken ? REPLACEMENT_BYTES : 0);
        bytes.data += clean + broken;
        bytes.size -= clean + broken;
    }
    return size;
}

void utf8_put_clean(Buf *out, Span bytes)
{
    size_t broken;
    while (bytes.size) {
        size_t clean = clean_prefix(bytes, &broken);
        buf_put(out, bytes.data, clean);
        if (broken) buf_put(out, REPLACEMENT, REPLACEMENT_BYTES);
        bytes.data += clean + broken;
        bytes.size -= clean + broken;
    }
}

uint8_t *utf8_put_code_point(uint8_t *at, uint32_t code_point)
{
    if (code_point >= 0xd800 && code_point < 0xe000) code_point = 0xfffd;
    if (code_point < 0x80) {
        *at++ = (uint8_t)code_point;
        return at;
    }
    if (code_point < 0x800) {
        *at++ = (uint8_t)(0xc0 | code_point >> 6);
    } else if (code_point < 0x10000) {
        *at++ = (uint8_t)(0xe0 | code_point >> 12);
        *at++ = (uint8_t)(0x80 | (code_point >> 6 & 0x3f));
    } else {
        *at++ = (uint8_t)(0xf0 | code_point >> 18);
        *at++ = (uint8_t)(0x80 | (code_point >> 12 & 0x3f));
        *at++ = (uint8_t)(0x80 | (code_point >> 6 & 0x3f));
    }
    *at++ = (uint8_t)(0x80 | (code_point & 0x3f));
    return at;
}
