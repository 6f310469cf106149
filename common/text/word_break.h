/* word_break.h - finds words in a text by the rules of UAX #29. */
#ifndef QUERN_TEXT_WORD_BREAK_H
#define QUERN_TEXT_WORD_BREAK_H

#include "common/base/span.h"
#include "common/text/word_break_table.h"

#include <stdbool.h>

/* Longer words are split as in Lucene; counted in UTF-16 units. */
enum { WORD_MAX_UNITS = 255, WORD_MAX_BYTES = 3 * WORD_MAX_UNITS };

/* MORE_RAISED: the raised digits that follow. MORE_PAIR: the 1.2 of 1.2.3, of
 * which the word is 1. */
typedef enum WordMore { MORE_NONE, MORE_RAISED, MORE_PAIR } WordMore;

typedef struct Word {
    size_t start, end; /* of the text; never empty, always valid UTF-8 */
    bool is_cjk;       /* one character of a script without spaces; only
                          WORD_RULES_PARTS */
    bool is_ascii;     /* letters and digits only */

    /* Only part_break_next: */
    bool is_number;      /* digits with , or . between them */
    bool may_have_humps; /* is_ascii: a capital after the first letter */
    WordMore more;       /* what also is at its position */
    size_t more_end;     /* and where it ends */
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

/* The code point that ends before `end`, which is above 0. */
uint32_t code_point_before(Span text, size_t end);

#endif
