/* visible_text.c - collects text as a browser shows it. */
#include "readers/visible_text.h"

/* HTML's white space: not the vertical tab. */
static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' ||
           byte == '\f';
}

void visible_text_clear(VisibleText *out)
{
    buf_clear(&out->text);
    out->pending = BREAK_NONE;
}

void visible_text_break(VisibleText *out, TextBreak kind)
{
    if (kind > out->pending) out->pending = kind;
}

static void put_pending(VisibleText *out)
{
    if (out->text.size && out->pending != BREAK_NONE)
        buf_put_byte(&out->text, out->pending == BREAK_LINE ? '\n' : ' ');
    out->pending = BREAK_NONE;
}

void visible_text_put(VisibleText *out, Span text, bool is_kept)
{
    if (is_kept && text.size) {
        put_pending(out);
        buf_put_span(&out->text, text);
        return;
    }
    for (size_t at = 0, start; at < text.size;) {
        for (start = at; at < text.size && is_space(text.data[at]);) at++;
        if (at > start) visible_text_break(out, BREAK_SPACE);
        for (start = at; at < text.size && !is_space(text.data[at]);) at++;
        if (at == start) continue;
        put_pending(out);
        buf_put(&out->text, text.data + start, at - start);
    }
}
