/* json_text.c - writes JSON strings and member names. */
#include "common/base/json_text.h"

#include "common/base/utf8_clean.h"

static bool needs_escape(uint8_t byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
}

static void put_escape(Buf *out, uint8_t byte)
{
    static const char SHORT[] = "\"\"\\\\\nn\tt\rr\bb\ff";
    for (const char *pair = SHORT; *pair; pair += 2) {
        if ((uint8_t)*pair != byte) continue;
        buf_put_byte(out, '\\');
        buf_put_byte(out, (uint8_t)pair[1]);
        return;
    }
    buf_printf(out, "\\u%04x", byte);
}

static void put_escaped(Buf *out, Span text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!needs_escape(text.data[i])) continue;
        buf_put(out, text.data + from, i - from);
        put_escape(out, text.data[i]);
        from = i + 1;
    }
    if (from < text.size) buf_put(out, text.data + from, text.size - from);
}

void put_json_string(Buf *out, Span text)
{
    buf_put_byte(out, '"');
    if (utf8_is_clean(text)) {
        put_escaped(out, text);
    } else {
        Buf clean = {0};
        utf8_put_clean(&clean, text);
        put_escaped(out, buf_span(&clean));
        buf_keep_failure(out, &clean);
        buf_release(&clean);
    }
    buf_put_byte(out, '"');
}

void put_json_name(Buf *out, const char *name)
{
    buf_printf(out, "\"%s\":", name);
}

void put_json_member(Buf *out, const char *name, Span text)
{
    buf_put_byte(out, ',');
    put_json_name(out, name);
    put_json_string(out, text);
}
