/* word_break.h - finds words in a text by the rules of UAX #29. */
#ifndef QUERN_TEXT_WORD_BREAK_H
#define QUERN_TEXT_WORD_BREAK_H

#include "common/base/compiler.h"
#include "common/base/span.h"
#include "common/base/utf8.h"
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
static ALWAYS_INLINE bool word_break_match(const WordBreak *self, Word *word)
{
    const uint8_t *start = self->text.data + self->at;
    const uint8_t *end = self->text.data + self->text.size;
    const uint8_t *steps = self->rules->steps;
    uint32_t state = WORD_STATE_START;
    size_t units = 0, size;
    *word = (Word){.start = self->at, .end = self->at};
    for (const uint8_t *at = start; at < end; at += size) {
        uint32_t code_point = utf8_decode(at, end, &size);
        units += utf16_units(code_point);
        if (units > WORD_MAX_UNITS) break;
        uint8_t class = word_break_class(code_point);
        state = steps[state << WORD_BREAK_CLASS_BITS | class];
        if (state == WORD_STATE_DEAD) break;
        uint8_t kind = self->rules->kinds[state];
        if (kind == WORD_KIND_NONE) continue;
        word->end = self->at + (size_t)(at - start) + size;
        word->is_cjk = kind == WORD_KIND_CJK;
    }
    return word->end > word->start;
}

/* After a match failed. */
void word_break_skip_character(WordBreak *self);

/* The code point that ends before `end`, which is above 0. */
uint32_t code_point_before(Span text, size_t end);

#endif
