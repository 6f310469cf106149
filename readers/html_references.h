/* html_references.h - numbers of characters that a parser of HTML cannot take.
 *
 * A numeric character reference beyond Unicode, as &#x110000;, is U+FFFD (HTML,
 * 13.2.5.80, 'Numeric character reference end state'). gumbo reads the number
 * into an int: &#4294967295; overflows to what it takes for the end of the
 * page.
 */
#ifndef QUERN_READERS_HTML_REFERENCES_H
#define QUERN_READERS_HTML_REFERENCES_H

#include "common/base/buf.h"

/* The page itself, or its copy in *room with U+FFFD in place of such
 * references; *room is emptied first and to be checked by the caller. */
Span html_limit_references(Span html, Buf *room);

#endif
