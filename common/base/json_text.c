/* json_text.c - writes JSON strings and member names. */
#include "common/base/json_text.h"

#include "common/base/character.h"
#include "common/base/plain_text.h"
#include "common/base/utf8_clean.h"

/* Bytes of the character at `at` if it is escaped, else 0. */
static size_t escaped_size(const uint8_t *at, const uint8_t *end)
{
    if (*at < 0x80)
        return *at < 0x20 || *at == '"' || *at == '\\' || *at == 0x7F;
    if (*at < 0xC2) return 0; /* the middle of a character */
    size_t size = character_size(span_of(at, (size_t)(end - at)));
    return character_is_control(at, size) ? size : 0;
}

static void put_escape(Buf *out, const uint8_t *at, size_t size)
{
    static const char SHORT[] = "\"\"\\\\\nn\tt\rr\bb\ff";
    for (const char *pair = SHORT; *pair; pair += 2) {
        if ((uint8_t)*pair != *at) continue;
        buf_put_byte(out, '\\');
        buf_put_byte(out, (uint8_t)pair[1]);
        return;
    }
    buf_printf(out, "\\u%04x", (unsigned)utf8_decode(at, at + size, &size));
}

static void put_with_escapes(Buf *out, Span text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        size_t size = escaped_size(text.data + i, text.data + text.size);
        if (!size) continue;
        buf_put(out, text.data + from, i - from);
        put_escape(out, text.data + i, size);
        from = i + size;
        i = from - 1;
    }
    if (from < text.size) buf_put(out, text.data + from, text.size - from);
}

void put_json_string(Buf *out, Span text)
{
    buf_put_byte(out, '"');
    if (utf8_is_clean(text)) {
        put_with_escapes(out, text);
    } else {
        Buf clean = {0};
        utf8_put_clean(&clean, text);
        put_with_escapes(out, buf_span(&clean));
        buf_keep_failure(out, &clean);
        buf_release(&clean);
    }
    buf_put_byte(out, '"');
}

void put_json_id(Buf *out, Span id)
{
    if (utf8_is_clean(id)) {
        put_json_string(out, id);
        return;
    }
    Buf text = {0};
    put_escaped_invalid(&text, id);
    put_json_string(out, buf_span(&text));
    buf_keep_failure(out, &text);
    buf_release(&text);
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
