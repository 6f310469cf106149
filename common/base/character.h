/* character.h - the characters of any bytes: how long each is, what it does.
 *
 * Bytes that are not valid UTF-8 (truncated, overlong, surrogates, above
 * U+10FFFF) are a character, too, CHARACTER_INVALID: as many bytes as become
 * one U+FFFD (utf8.h).
 */
#ifndef QUERN_BASE_CHARACTER_H
#define QUERN_BASE_CHARACTER_H

#include "common/base/span.h"
#include "common/base/utf8.h"

typedef enum CharacterKind {
    CHARACTER_PLAIN,
    CHARACTER_SPACE,     /* white space of any script; C0 and C1 controls */
    CHARACTER_INVISIBLE, /* no width, or changes the direction of text */
    CHARACTER_INVALID
} CharacterKind;

/* Bytes of the character at the start of a text that is not empty. */
static inline size_t character_size(Span text)
{
    size_t size;
    utf8_decode(text.data, text.data + text.size, &size);
    return size;
}

/* What the character of `size` bytes is. */
CharacterKind character_kind(const uint8_t *bytes, size_t size);

/* Whether it must not reach a terminal as it is: C0 (line feed and tab, too),
 * DEL, C1, the marks, embeddings, overrides and isolates that change the
 * direction of text (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to
 * U+2069), and invalid bytes, which may be C1 to a terminal without UTF-8. */
bool character_is_control(const uint8_t *bytes, size_t size);

#endif
