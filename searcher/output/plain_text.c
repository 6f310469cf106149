/* plain_text.c - text of strangers, fit for one line of a terminal or file. */
#include "searcher/output/plain_text.h"

#include "common/base/escaped_text.h"
#include "common/base/utf8_clean.h"
#include "searcher/output/terminal.h"

static CharacterKind kind_of_two_bytes(uint8_t first, uint8_t second)
{
    if (first != 0xC2) return CHARACTER_PLAIN;
    if (second <= 0xA0) return CHARACTER_SPACE; /* C1 controls, no-break */
    return second == 0xAD ? CHARACTER_INVISIBLE : CHARACTER_PLAIN;
}

/* U+2000 - U+206F, U+3000 and U+FEFF. The joiners U+200C and U+200D stay:
 * emoji and Indian scripts need them. */
static CharacterKind kind_of_three_bytes(uint32_t character)
{
    if (character == 0x3000 || character == 0x205F) return CHARACTER_SPACE;
    if (character == 0x2028 || character == 0x2029) return CHARACTER_SPACE;
    if (character == 0x202F) return CHARACTER_SPACE;
    if (character >= 0x2000 && character <= 0x200A) return CHARACTER_SPACE;
    bool invisible = character == 0x200B || character == 0x200E ||
                     character == 0x200F || character == 0xFEFF ||
                     (character >= 0x202A && character <= 0x202E) ||
                     (character >= 0x2060 && character <= 0x2069);
    return invisible ? CHARACTER_INVISIBLE : CHARACTER_PLAIN;
}

CharacterKind character_kind(const uint8_t *bytes, size_t size)
{
    if (size == 1) {
        return bytes[0] <= ' ' || bytes[0] == 0x7F ? CHARACTER_SPACE
                                                   : CHARACTER_PLAIN;
    }
    if (size == 2) return kind_of_two_bytes(bytes[0], bytes[1]);
    if (size != 3) return CHARACTER_PLAIN;
    return kind_of_three_bytes((bytes[0] & 0x0Fu) << 12 |
                               (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu));
}

void put_plain_text(Buf *out, Span text)
{
    bool space = false, started = false;
    while (text.size) {
        size_t size = character_size(text);
        CharacterKind kind = character_kind(text.data, size);
        if (kind == CHARACTER_SPACE) space = true;
        if (kind == CHARACTER_PLAIN) {
            if (space && started) buf_put_byte(out, ' ');
            buf_put(out, text.data, size);
            space = false;
            started = true;
        }
        text = span_of(text.data + size, text.size - size);
    }
}

static bool shows(const uint8_t *bytes, size_t size)
{
    return *bytes == ' ' || character_kind(bytes, size) == CHARACTER_PLAIN;
}

void put_plain_id(Buf *out, Span id)
{
    while (id.size) {
        size_t valid = utf8_character_size(id), size = valid ? valid : 1;
        if (id.data[0] < 0x80 || (valid && shows(id.data, size))) {
            put_escaped(out, span_of(id.data, size));
        } else {
            for (size_t i = 0; i < size; i++)
                buf_printf(out, "\\x%02x", id.data[i]);
        }
        id = span_of(id.data + size, id.size - size);
    }
}

static bool is_control(const uint8_t *bytes, size_t size)
{
    uint8_t byte = *bytes;
    if (size == 1)
        return (byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7F;
    return size == 2 && byte == 0xC2 && bytes[1] < 0xA0;
}

void put_terminal_text(Buf *out, Span text)
{
    while (text.size) {
        size_t size = character_size(text);
        if (is_control(text.data, size)) {
            buf_put_byte(out, '?');
        } else {
            buf_put(out, text.data, size);
        }
        text = span_of(text.data + size, text.size - size);
    }
}
