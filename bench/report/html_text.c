/* html_text.c - text from outside, made safe inside an HTML page. */
#include "bench/report/html_text.h"

#include "common/base/plain_text.h"
#include "common/base/utf8_clean.h"

static void put_escaped_byte(Buf *out, uint8_t byte)
{
    switch (byte) {
    case '&': buf_put_text(out, "&amp;"); break;
    case '<': buf_put_text(out, "&lt;"); break;
    case '>': buf_put_text(out, "&gt;"); break;
    case '"': buf_put_text(out, "&quot;"); break;
    case '\'': buf_put_text(out, "&#39;"); break;
    default: buf_put_byte(out, byte);
    }
}

/* Puts whole characters, `columns` at most. */
static void put_some(Buf *out, Span text, size_t columns)
{
    for (size_t i = 0; i < text.size; i++) {
        bool starts = (text.data[i] & 0xC0) != 0x80;
        if (starts && columns-- == 0) return;
        put_escaped_byte(out, text.data[i]);
    }
}

static size_t count_characters(Span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += (text.data[i] & 0xC0) != 0x80;
    return count;
}

void put_html_short(Buf *out, const char *text, size_t columns)
{
    Buf clean = {0}, visible = {0};
    utf8_put_clean(&clean, span_text(text));
    put_visible(&visible, buf_span(&clean));
    size_t count = count_characters(buf_span(&visible));
    put_some(out, buf_span(&visible), count > columns ? columns - 1 : columns);
    if (count > columns) buf_put_text(out, "\u2026");
    buf_keep_failure(out, &clean);
    buf_keep_failure(out, &visible);
    buf_release(&clean);
    buf_release(&visible);
}

void put_html_lines(Buf *out, const char *text)
{
    Buf line = {0};
    while (*text) {
        size_t size = strcspn(text, "\n");
        buf_clear(&line);
        buf_put(&line, text, size);
        const char *one = buf_text(&line);
        if (one) put_html(out, one);
        if (text[size]) buf_put_byte(out, '\n');
        text += size + (text[size] != 0);
    }
    buf_keep_failure(out, &line);
    buf_release(&line);
}

void put_html(Buf *out, const char *text)
{
    put_html_short(out, text, SIZE_MAX);
}
