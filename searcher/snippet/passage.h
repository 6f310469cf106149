/* passage.h - good places for a passage of a text to begin and end. */
#ifndef QUERN_SNIPPET_PASSAGE_H
#define QUERN_SNIPPET_PASSAGE_H

#include "common/base/span.h"

#include <stdbool.h>

/* Bytes [start, end) of a text. */
typedef struct Passage {
    size_t start, end;
} Passage;

/* About `size` bytes of the text around [first, last), which are at most
 * `size` apart: from the start of a paragraph or sentence if one is near, to
 * the end of a paragraph if one is near, never inside a word or character. */
Passage passage_around(Span text, size_t first, size_t last, size_t size);

/* Whether a paragraph or a sentence starts at `start`. */
bool passage_begins_well(Span text, size_t start);

/* About `size` bytes from where the body text begins: after headings and menus,
 * that is, short lines. */
Passage passage_opening(Span text, size_t size);

#endif
