/* analyzer_internal.h - the pipeline that analyzer.c builds and token_stream.c
 * executes. */
#ifndef QUERN_TEXT_ANALYZER_INTERNAL_H
#define QUERN_TEXT_ANALYZER_INTERNAL_H

#include "common/base/arena.h"
#include "common/text/analyzer.h"
#include "common/text/fold.h"
#include "common/text/stop_words.h"
#include "common/text/word_break.h"
#include <stddef.h>
#include <stdint.h>

/* The steps from text to tokens, in the order of the members. */
typedef struct Pipeline {
    const char *name;
    uint32_t version;       /* analyzer_rules */
    const WordRules *rules; /* where words are; NULL: between white space */
    bool drop_possessive;   /* 's at the end */
    Fold fold;
    Fold fold_kept;         /* instead of fold under no_fold */
    const char *stop_words; /* unless replaced */
    bool takes_stemmer;     /* AnalyzerOptions.stem may be given */
    bool porter;
} Pipeline;

struct Analyzer {
    AnalyzerOptions options; /* everything it points at is in the arena */
    Pipeline pipeline;       /* with fold decided */
    StopWords stop_words;
    Arena arena;
};

/* space_break.c: splits a text at white space. */

/* The next run without Unicode's White_Space, or a piece of 255 UTF-16 units of
 * it; false at the end of the text. self->rules is unused, and the word may
 * contain invalid UTF-8. */
bool space_break_next(WordBreak *self, Word *word);

/* porter.c: Porter's stemmer for English, as Lucene's PorterStemFilter. */

/* Stems a lower-case word of UTF-16 units in place and returns its new length,
 * at most `length`. */
size_t porter_stem_units(uint16_t *word, size_t length);

/* The same for a word of at most 255 units in UTF-8. */
size_t porter_stem(uint8_t *word, size_t size);

/* symbol_words.c: c++, c#, f# and .net: words that keep their symbols. */

/* A quick test: whether it may be one of the four. */
static inline bool symbol_word_may_be(Span text, const Word *word)
{
    size_t size = word->end - word->start;
    if (size == 3) return word->start && text.data[word->start - 1] == '.';
    if (size != 1 || word->end == text.size) return false;
    return text.data[word->end] == '+' || text.data[word->end] == '#';
}

/* Widens the word over its symbols if it is one of the four (README.md). */
bool symbol_word_widen(Span text, Word *word);

#endif
