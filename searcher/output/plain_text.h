/* plain_text.h - text of strangers, fit for one line of a terminal or file.
 *
 * White space of any kind (no-break and ideographic spaces, line ends) and
 * control characters become single spaces; what is invisible or turns the
 * direction of a line is dropped. None is left at the start or the end.
 */
#ifndef QUERN_OUTPUT_PLAIN_TEXT_H
#define QUERN_OUTPUT_PLAIN_TEXT_H

#include "common/base/buf.h"

typedef enum CharacterKind {
    CHARACTER_PLAIN,
    CHARACTER_SPACE,
    CHARACTER_INVISIBLE
} CharacterKind;

/* What the UTF-8 character of `size` bytes is. */
CharacterKind character_kind(const uint8_t *bytes, size_t size);

void put_plain_text(Buf *out, Span text);

/* An id, which must stay what it is: ordinary blanks stay, a line feed is \n, a
 * tab \t, a backslash \\, and other bytes of what would not show, or is not
 * UTF-8, are \xhh. put_unescaped gives the id back. */
void put_plain_id(Buf *out, Span id);

/* A text of lines for a terminal: control characters, which it would obey, are
 * question marks, but for line feeds and tabs. */
void put_terminal_text(Buf *out, Span text);

#endif
