/* symbol_words.h - c++, c#, f# and .net: words that keep their symbols. */
#ifndef QUERN_TEXT_SYMBOL_WORDS_H
#define QUERN_TEXT_SYMBOL_WORDS_H

#include "common/text/word_break.h"

/* Widens the word over its symbols if it is one of the four (README.md). */
bool symbol_word_widen(Span text, Word *word);

#endif
