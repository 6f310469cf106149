/* cjk_run.h - bigrams of Han and Kana, which are written without spaces.
 *
 * Finding the words of 東京都 needs a dictionary, so each character and the
 * next are a term, one position per character. A document's run ABC gives AB,
 * BC and its last character C; a query's run gives AB, BC: a phrase that
 * matches wherever a document has ABC. A query of C alone matches all terms
 * with the prefix C, and every C of a document has one. */
#ifndef QUERN_TEXT_CJK_RUN_H
#define QUERN_TEXT_CJK_RUN_H

#include "common/text/fold.h"
#include "common/text/word_break.h"

enum { CJK_CHARACTER_BYTES = WORD_MAX_BYTES * FOLD_MAX_GROWTH };

/* The last character of the current run. */
typedef struct CjkRun {
    size_t length;     /* characters so far; 0: no run */
    size_t start, end; /* of the last one in the text */
    size_t size;
    uint8_t bytes[CJK_CHARACTER_BYTES]; /* the last one, folded */
} CjkRun;

/* Appends a character to the run. */
void cjk_run_add(CjkRun *self, Span character, const Word *word);

/* The first character of folded text, with the marks that follow it. */
Span cjk_first_character(Span folded);

#endif
