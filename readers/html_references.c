/* html_references.c - numbers of characters that a parser of HTML cannot take.
 */
#include "readers/html_references.h"

#include "common/base/escaped_text.h" /* hex_digit */
#include "common/input/blank.h"       /* byte_is_letter */

enum { MAX_CODE_POINT = 0x10ffff };

static const char REPLACEMENT[] = "\xef\xbf\xbd";

/* The end of the reference whose & is at `start` if its number is too large,
 * else `start`. */
static size_t excess_end(Span html, size_t start)
{
    size_t at = start + 1;
    if (at >= html.size || html.data[at++] != '#') return start;
    bool is_hex = at < html.size && (html.data[at] | 0x20) == 'x';
    int base = is_hex ? 16 : 10, value = 0;
    for (at += is_hex; at < html.size; at++) {
        uint8_t byte = html.data[at];
        int digit = hex_digit(byte_is_letter(byte) ? byte | 0x20 : byte);
        if (digit < 0 || digit >= base) break;
        value = value * base + digit;
        if (value > MAX_CODE_POINT) value = MAX_CODE_POINT + 1;
    }
    if (value <= MAX_CODE_POINT) return start;
    return at + (at < html.size && html.data[at] == ';');
}

Span html_limit_references(Span html, Buf *room)
{
    size_t copied = 0;
    buf_clear(room);
    for (size_t at = span_find(html, 0, '&'); at < html.size;
         at = span_find(html, at, '&')) {
        size_t end = excess_end(html, at);
        if (end == at++) continue;
        buf_put(room, html.data + copied, at - 1 - copied);
        buf_put_text(room, REPLACEMENT);
        copied = at = end;
    }
    if (copied == 0) return html;
    buf_put(room, html.data + copied, html.size - copied);
    return buf_span(room);
}
