/* word_break.h - finds words in a text by the rules of UAX #29. */
#ifndef QUERN_TEXT_WORD_BREAK_H
#define QUERN_TEXT_WORD_BREAK_H

#include "common/base/span.h"
#include "common/text/word_break_table.h"

#include <stdbool.h>

/* Longer words are split as in Lucene; counted in UTF-16 units. */
enum { WORD_MAX_UNITS = 255, WORD_MAX_BYTES = 3 * WORD_MAX_UNITS };

typedef struct Word {
    size_t start, end; /* of the text; never empty, always valid UTF-8 */
    bool is_cjk;       /* one character of a script without spaces; only
                          WORD_RULES_PARTS */
    bool is_ascii;     /* letters and digits only */

    /* Only part_break_next: */
    size_t raised_end; /* after the raised digits that follow; 0: none */
    size_t pair_end;   /* of 1.2 if the word is the 1 of 1.2.3; 0: none */
    bool is_number;    /* digits with , or . between them */
} Word;

/* Start with `{text, 0, &WORD_RULES_...}`. The text is borrowed. */
typedef struct WordBreak {
    Span text;
    size_t at;
    const WordRules *rules;
} WordBreak;

/* The next word; false at the end of the text. */
bool word_break_next(WordBreak *self, Word *word);

/* The longest match of the rules that begins at self->at, which stays. */
bool word_break_match(const WordBreak *self, Word *word);

/* After a match failed. */
void word_break_skip_character(WordBreak *self);

#endif
