/* part_break.h - finds the words of the default analyzer: the parts of
 * compounds.
 *
 * A word is a run of letters and digits; nothing joins two of them except what
 * part_number.c knows of numbers and times. Terminal escape sequences are
 * skipped. Whether neighbours also have a joined form is compound.h's. */
#ifndef QUERN_TEXT_PART_BREAK_H
#define QUERN_TEXT_PART_BREAK_H

#include "common/text/word_break.h"

/* The next word; false at the end of the text. Start with `{text, 0,
 * &WORD_RULES_PARTS}`. What comes next depends on the text and self->at only.
 */
bool part_break_next(WordBreak *self, Word *word);

/* In numbers they are what . and , are. */
enum { ARABIC_DECIMAL = 0x66b, ARABIC_THOUSANDS = 0x66c };

/* part_number.c: widens or narrows a word that begins with a digit, and moves
 * self->at. */
void part_number_adjust(WordBreak *self, Word *word);

#endif
