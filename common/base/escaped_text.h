/* escaped_text.h - any bytes as text on one line.
 *
 * A backslash is written \\, a line feed \n, a tab \t, other control bytes
 * \xHH with digits in lower case; all else stays.
 */
#ifndef QUERN_BASE_ESCAPED_TEXT_H
#define QUERN_BASE_ESCAPED_TEXT_H

#include "common/base/buf.h"

#include <stdbool.h>

void put_escaped(Buf *out, Span bytes);

/* Puts the bytes that were escaped; false at a backslash that begins no
 * escape. */
bool put_unescaped(Buf *out, Span text);

/* 0 to 15; -1 if the byte is not a hexadecimal digit. */
int hex_digit(uint8_t byte);

#endif
