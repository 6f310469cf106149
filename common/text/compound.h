/* compound.h - words that also have a joined form: wi-fi, O'Neill. */
#ifndef QUERN_TEXT_COMPOUND_H
#define QUERN_TEXT_COMPOUND_H

#include "common/text/part_break.h"

/* Joined forms are of two to COMPOUND_MAX_WORDS words, of at most
 * COMPOUND_MAX_BYTES before folding. */
enum { COMPOUND_MAX_WORDS = 4, COMPOUND_MAX_BYTES = WORD_MAX_UNITS };

/* Whether a hyphen or apostrophe may begin with this byte. */
extern HIDDEN const bool COMPOUND_LINK_BYTES[256];

/* A quick test: whether the word may be joined to one after it. */
static inline bool compound_may_follow(Span text, const Word *word)
{
    return word->end < text.size && COMPOUND_LINK_BYTES[text.data[word->end]];
}

/* The words of a compound that begins with `word`, which part_break_next just
 * found: words[0] is it, those after it are joined to the one before. Returns
 * their number, 1 if it is not joined. `breaks` is not moved. */
size_t compound_words(const WordBreak *breaks, const Word *word,
                      Word words[COMPOUND_MAX_WORDS]);

/* Whether the word is one letter that an apostrophe separates from letters: the
 * s of it's, the l of l'eau. */
bool compound_is_letter(Span text, const Word *word);

#endif
