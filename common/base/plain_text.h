/* plain_text.h - text from outside, made safe for a line, file or terminal.
 *
 * Nothing that these functions put is obeyed by a terminal
 * (character_is_control), and all of it is valid UTF-8.
 */
#ifndef QUERN_BASE_PLAIN_TEXT_H
#define QUERN_BASE_PLAIN_TEXT_H

#include "common/base/buf.h"

/* One line: white space of any kind (no-break and ideographic spaces, line
 * ends) and control characters become single spaces, what is invisible or
 * changes the direction of text is dropped, invalid UTF-8 becomes U+FFFD. No
 * white space is left at the start or the end. */
void put_plain_text(Buf *out, Span text);

/* An id or term, which must stay what it is and can be read back: ordinary
 * blanks stay, a line feed is \n, a tab \t, a backslash \\, and the bytes of
 * whatever would not show are \xhh. */
void put_plain_id(Buf *out, Span id);

/* For messages: control characters, line feeds and tabs too, are \xhh byte by
 * byte; all else stays, backslashes too. */
void put_visible(Buf *out, Span text);

/* A text of many lines: line feeds and tabs stay, other control characters are
 * question marks, what changes the direction of text is dropped, invalid UTF-8
 * becomes U+FFFD. */
void put_terminal_text(Buf *out, Span text);

/* Bytes that are not UTF-8 are written \xHH; all else stays, backslashes too.
 */
void put_escaped_invalid(Buf *out, Span bytes);

#endif
