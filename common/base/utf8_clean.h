/* utf8_clean.h - replaces invalid UTF-8.
 *
 * Each maximal subpart of an ill-formed sequence becomes one U+FFFD, as the
 * WHATWG Encoding Standard has it (and Unicode, section 3.9, 'U+FFFD
 * Substitution of Maximal Subparts'). Most text is valid: check utf8_is_clean
 * first to avoid the copy.
 */
#ifndef QUERN_BASE_UTF8_CLEAN_H
#define QUERN_BASE_UTF8_CLEAN_H

#include "common/base/buf.h"
#include "common/base/span.h"

bool utf8_is_clean(Span bytes);

/* How many bytes utf8_put_clean would put. */
size_t utf8_clean_size(Span bytes);

void utf8_put_clean(Buf *out, Span bytes);

/* Writes the code point, at most U+10FFFF, as 1 to 4 bytes and returns their
 * end. A surrogate is written as U+FFFD. */
uint8_t *utf8_put_code_point(uint8_t *at, uint32_t code_point);

#endif
