/* escaped_text.c - any bytes as text on one line. */
#include "common/base/escaped_text.h"

void put_escaped(Buf *out, Span bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        if (byte == '\n') {
            buf_put_text(out, "\\n");
        } else if (byte == '\t') {
            buf_put_text(out, "\\t");
        } else if (byte == '\\') {
            buf_put_text(out, "\\\\");
        } else if (byte < 0x20 || byte == 0x7f) {
            buf_printf(out, "\\x%02x", byte);
        } else {
            buf_put_byte(out, byte);
        }
    }
}

int hex_digit(uint8_t byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    return -1;
}

/* The byte of the escape at *at, or -1; moves *at past it. */
static int take_escape(const uint8_t **at, const uint8_t *end)
{
    if (end - *at < 2) return -1;
    uint8_t letter = (*at)[1];
    if (letter != 'x') {
        *at += 2;
        return letter == 'n'    ? '\n'
               : letter == 't'  ? '\t'
               : letter == '\\' ? '\\'
                                : -1;
    }
    if (end - *at < 4) return -1;
    int high = hex_digit((*at)[2]);
    int low = hex_digit((*at)[3]);
    *at += 4;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

bool put_unescaped(Buf *out, Span text)
{
    const uint8_t *at = text.data;
    const uint8_t *end = at + text.size;
    while (at < end) {
        int byte = *at == '\\' ? take_escape(&at, end) : *at++;
        if (byte < 0) return false;
        buf_put_byte(out, (uint8_t)byte);
    }
    return true;
}
