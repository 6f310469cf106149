/* cjk_run.h - Han and Kana written without spaces: pairs of characters.
 *
 * Nobody can tell words in 東京都 without a dictionary, so each character with
 * the one behind it is a term, at one position a character. A document's run
 * ABC gives AB, BC and its last character C; a query's run AB, BC: a phrase
 * that the document holds wherever it holds ABC. A query's lone C stands for
 * all terms that C begins, and there is one at every C of a document. */
#ifndef QUERN_TEXT_CJK_RUN_H
#define QUERN_TEXT_CJK_RUN_H

#include "common/text/fold.h"
#include "common/text/word_break.h"

enum { CJK_CHARACTER_BYTES = WORD_MAX_BYTES * FOLD_MAX_GROWTH };

/* The last character of the run we are in. */
typedef struct CjkRun {
    size_t length;     /* characters so far; 0: no run */
    size_t start, end; /* of the last one in the text */
    size_t size;
    uint8_t bytes[CJK_CHARACTER_BYTES]; /* the last one, folded */
} CjkRun;

/* Adds a character behind the run. */
void cjk_run_add(CjkRun *self, Span character, const Word *word);

/* The first character of folded text, with the marks that follow it. */
Span cjk_first_character(Span folded);

#endif
