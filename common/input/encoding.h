/* encoding.h - encodings of text and their names.
 *
 * Names are labels of the WHATWG Encoding Standard, in any case, and some more:
 * code pages of DOS and the like. As on the web, "latin1" and "ascii" are
 * windows-1252, which has the same letters and more; so are similar pairs.
 */
#ifndef QUERN_INPUT_ENCODING_H
#define QUERN_INPUT_ENCODING_H

#include "common/base/span.h"

typedef enum EncodingKind {
    ENCODING_UTF8, /* needs no conversion */
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_OF_LIBC /* converted by iconv */
} EncodingKind;

typedef struct Encoding {
    const char *name; /* for messages: "windows-1252" */
    EncodingKind kind;
    const char *iconv_name; /* NULL for the first three */
    const char *labels;     /* lower case, divided by blanks */
} Encoding;

/* The encoding with this label; white space around it does not count. NULL:
 * unknown. */
const Encoding *encoding_find(Span label);

const Encoding *encoding_of_kind(EncodingKind kind); /* not ENCODING_OF_LIBC */

/* The label most like an unknown one, NULL if none is near. Borrowed from
 * `room`, which has ENCODING_LABEL_BYTES. */
enum { ENCODING_LABEL_BYTES = 32 };
const char *encoding_suggest(const char *label, char *room);

#endif
