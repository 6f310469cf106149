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
    bool is_cjk;   /* one character of Han or Kana; WORD_RULES_FOLDED only */
    bool is_ascii; /* letters and digits only */
} Word;

/* Start with `{text, 0, &WORD_RULES_...}`. The text is borrowed. */
typedef struct WordBreak {
    Span text;
    size_t at;
    const WordRules *rules;
} WordBreak;

/* The next word; false at the end of the text. */
bool word_break_next(WordBreak *self, Word *word);

#endif
