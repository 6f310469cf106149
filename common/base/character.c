/* character.c - the characters of any bytes: how long each is, what it does. */
#include "common/base/character.h"

/* An invalid sequence is read as U+FFFD as well, which itself begins with a
 * byte that no invalid sequence of three bytes has. */
static bool is_invalid(const uint8_t *bytes, size_t size, uint32_t character)
{
    return character == UTF8_REPLACEMENT && !(size == 3 && bytes[0] == 0xEF);
}

static uint32_t decode(const uint8_t *bytes, size_t size)
{
    size_t taken;
    return utf8_decode(bytes, bytes + size, &taken);
}

static bool is_direction(uint32_t character)
{
    return character == 0x061C || character == 0x200E || character == 0x200F ||
           (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

static bool is_c0_or_c1(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

static bool is_space(uint32_t character)
{
    return character == ' ' || character == 0xA0 ||
           (character >= 0x2000 && character <= 0x200A) ||
           character == 0x2028 || character == 0x2029 || character == 0x202F ||
           character == 0x205F || character == 0x3000;
}

/* The joiners U+200C and U+200D are not: emoji and Indian scripts need them. */
static bool is_invisible(uint32_t character)
{
    return character == 0xAD || character == 0x200B || character == 0xFEFF ||
           (character >= 0x2060 && character <= 0x2065);
}

CharacterKind character_kind(const uint8_t *bytes, size_t size)
{
    uint32_t character = decode(bytes, size);
    if (character > ' ' && character < 0x7F) return CHARACTER_PLAIN;
    if (is_invalid(bytes, size, character)) return CHARACTER_INVALID;
    if (is_c0_or_c1(character) || is_space(character)) return CHARACTER_SPACE;
    return is_invisible(character) || is_direction(character)
               ? CHARACTER_INVISIBLE
               : CHARACTER_PLAIN;
}

bool character_is_control(const uint8_t *bytes, size_t size)
{
    uint32_t character = decode(bytes, size);
    return is_c0_or_c1(character) || is_direction(character) ||
           is_invalid(bytes, size, character);
}
