/* plain_text.c - text from outside, made safe for a line, file or terminal. */
#include "common/base/plain_text.h"

#include "common/base/character.h"
#include "common/base/escaped_text.h"

static const char REPLACEMENT[] = "\uFFFD";

/* Takes the character at the front off *text. */
static Span take_character(Span *text)
{
    size_t size = character_size(*text);
    Span character = span_of(text->data, size);
    *text = span_of(text->data + size, text->size - size);
    return character;
}

static void put_hex(Buf *out, Span bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        buf_printf(out, "\\x%02x", bytes.data[i]);
}

void put_plain_text(Buf *out, Span text)
{
    bool space = false, started = false;
    while (text.size) {
        Span character = take_character(&text);
        CharacterKind kind = character_kind(character.data, character.size);
        if (kind == CHARACTER_SPACE) space = true;
        if (kind == CHARACTER_SPACE || kind == CHARACTER_INVISIBLE) continue;
        if (space && started) buf_put_byte(out, ' ');
        if (kind == CHARACTER_INVALID) character = span_text(REPLACEMENT);
        buf_put_span(out, character);
        space = false;
        started = true;
    }
}

static bool shows(Span character)
{
    return *character.data == ' ' ||
           character_kind(character.data, character.size) == CHARACTER_PLAIN;
}

void put_plain_id(Buf *out, Span id)
{
    while (id.size) {
        Span character = take_character(&id);
        bool is_ascii = *character.data < 0x80;
        if (is_ascii || shows(character)) {
            put_escaped(out, character);
        } else {
            put_hex(out, character);
        }
    }
}

void put_escaped_invalid(Buf *out, Span bytes)
{
    while (bytes.size) {
        Span character = take_character(&bytes);
        if (character_kind(character.data, character.size) ==
            CHARACTER_INVALID) {
            put_hex(out, character);
        } else {
            buf_put_span(out, character);
        }
    }
}

void put_visible(Buf *out, Span text)
{
    while (text.size) {
        Span character = take_character(&text);
        if (character_is_control(character.data, character.size)) {
            put_hex(out, character);
        } else {
            buf_put_span(out, character);
        }
    }
}

void put_terminal_text(Buf *out, Span text)
{
    while (text.size) {
        Span character = take_character(&text);
        uint8_t first = *character.data;
        CharacterKind kind = character_kind(character.data, character.size);
        if (first == '\n' || first == '\t' ||
            !character_is_control(character.data, character.size)) {
            buf_put_span(out, character);
        } else if (kind == CHARACTER_INVALID) {
            buf_put_text(out, REPLACEMENT);
        } else if (kind == CHARACTER_SPACE) {
            buf_put_byte(out, '?');
        }
    }
}
