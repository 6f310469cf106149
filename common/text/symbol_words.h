/* symbol_words.h - c++, c#, f# and .net: words that keep their symbols. */
#ifndef QUERN_TEXT_SYMBOL_WORDS_H
#define QUERN_TEXT_SYMBOL_WORDS_H

#include "common/text/word_break.h"

/* A quick test by size: whether it may be one of the four. */
static inline bool symbol_word_may_be(const Word *word)
{
    size_t size = word->end - word->start;
    return size == 1 || size == 3;
}

/* Widens the word over its symbols if it is one of the four (README.md). */
bool symbol_word_widen(Span text, Word *word);

#endif
