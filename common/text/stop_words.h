/* stop_words.h - a set of stop words, immutable. */
#ifndef QUERN_TEXT_STOP_WORDS_H
#define QUERN_TEXT_STOP_WORDS_H

#include "common/base/arena.h"
#include "common/base/compiler.h"
#include "common/text/fold.h"

typedef struct StopWords {
    Span *slots; /* open addressing; NULL if empty */
    size_t mask;
} StopWords;

/* A longer list is refused. */
enum { STOP_WORDS_MAX_BYTES = 16 << 20 };

/* Lucene's 33 for English, separated by spaces. */
extern HIDDEN const char STOP_WORDS_ENGLISH[];

/* The words of a list separated by white space, each folded. Allocated in the
 * arena, whose status keeps a failure. */
StopWords stop_words_new(Span list, Fold fold, Arena *arena);

bool stop_words_contain(const StopWords *self, Span word);

#endif
