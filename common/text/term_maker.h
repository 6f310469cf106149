/* term_maker.h - the terms of a word: folded, no stop word, stemmed. */
#ifndef QUERN_TEXT_TERM_MAKER_H
#define QUERN_TEXT_TERM_MAKER_H

#include "common/text/analyzer_internal.h"
#include "common/text/stemmer.h"
#include "common/text/word_cache.h"

/* A term's bytes at most, also while it is stemmed. */
enum { TERM_BYTES = WORD_MAX_BYTES * FOLD_MAX_GROWTH };

/* For one thread. */
typedef struct TermMaker {
    const Analyzer *analyzer;
    Stemmer *stemmer;     /* Snowball's, or NULL */
    bool words_are_words; /* nothing changes them */
    bool asks_for_humps;
    Status status; /* ERR_NO_MEMORY: the last text has no more terms */
    uint8_t plain[TERM_BYTES], accented[TERM_BYTES];
    int32_t scratch[WORD_MAX_BYTES * FOLD_SCRATCH];
    WordCache cache;
} TermMaker;

NODISCARD Status term_maker_init(TermMaker *self, const Analyzer *analyzer,
                                 Error *error);
void term_maker_release(TermMaker *self);

/* Writes the terms of a word of at most WORD_MAX_BYTES to `out`, which has room
 * for two of TERM_BYTES. */
WordTerms term_maker_put(TermMaker *self, Span word, uint8_t *out);

/* The same for what is neither stemmed nor a stop word: characters of scripts
 * without spaces, words with symbols. */
size_t term_maker_put_folded(TermMaker *self, Span word, uint8_t *out);

#endif
