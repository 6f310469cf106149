/* random_corpus.h - small corpora with every class of posting list. */
#ifndef QUERN_ORACLE_RANDOM_CORPUS_H
#define QUERN_ORACLE_RANDOM_CORPUS_H

#include "common/base/arena.h"
#include "tests/support/random.h"

typedef struct RandomDocument {
    Span title, text;
} RandomDocument;

typedef struct RandomCorpus {
    Span *vocabulary; /* most frequent first */
    size_t word_count;
    size_t common_words; /* some documents have all of the first common_words
                            words; 0: no such documents */
    RandomDocument *documents;
    size_t document_count;
} RandomCorpus;

/* Words follow Zipf's law and share syllables, so that patterns fit several.
 * Some documents are empty, some long, some repeat one word hundreds of times;
 * sizes fall on both sides of 64, 128 and 4,096 documents. Memory is the
 * arena's; documents NULL if there is none. */
RandomCorpus random_corpus(Random *random, Arena *arena);

/* More than 300 documents, less than half of all, have more than 1,000 words in
 * common, in the same cyclic order, each from another word on. */
RandomCorpus random_wide_corpus(Random *random, Arena *arena);

#endif
