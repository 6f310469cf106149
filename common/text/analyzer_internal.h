/* analyzer_internal.h - the pipeline that analyzer.c builds and token_stream.c
 * executes. */
#ifndef QUERN_TEXT_ANALYZER_INTERNAL_H
#define QUERN_TEXT_ANALYZER_INTERNAL_H

#include "common/base/arena.h"
#include "common/text/analyzer.h"
#include "common/text/fold.h"
#include "common/text/stop_words.h"
#include "common/text/word_break.h"

/* The steps from text to tokens, in the order of the members. */
typedef struct Pipeline {
    const char *name;
    const WordRules *rules; /* where words are; NULL: between white space */
    bool symbol_words;      /* c++ c# f# .net */
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

#endif
