/* encoding_detect.h - the encoding of text, where it is declared or shows. */
#ifndef QUERN_INPUT_ENCODING_DETECT_H
#define QUERN_INPUT_ENCODING_DETECT_H

#include "common/input/encoding.h"

/* UTF-16 without a byte-order mark, by its zeros and by what it would say in
 * either byte order; NULL: it is not. `start` is the beginning of the text,
 * `is_whole` all of it. */
const Encoding *encoding_of_zeros(Span start, bool is_whole);

/* The encoding that an XML declaration or, in HTML, a <meta> in the first
 * 64 KiB names; NULL: none, or one that is not known. As these bytes can be
 * read as ASCII, a declared UTF-16 means UTF-8. */
const Encoding *encoding_declared(Span start, bool is_html);

/* Whether the text is UTF-8, perhaps with some damage: at most as many invalid
 * bytes as characters beyond ASCII. A character may be cut off at the end
 * unless the text is whole. */
bool encoding_is_utf8(Span text, bool is_whole);

#endif
