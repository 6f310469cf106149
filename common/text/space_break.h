/* space_break.h - splits a text at white space. */
#ifndef QUERN_TEXT_SPACE_BREAK_H
#define QUERN_TEXT_SPACE_BREAK_H

#include "common/text/word_break.h"

/* The next run without Unicode's White_Space, or a piece of 255 UTF-16 units of
 * it; false at the end of the text. self->rules is unused, and the word may
 * contain invalid UTF-8. */
bool space_break_next(WordBreak *self, Word *word);

#endif
