/* random_index.h - a random corpus indexed in a random way, and the same
 * corpus for the oracle. */
#ifndef QUERN_ORACLE_RANDOM_INDEX_H
#define QUERN_ORACLE_RANDOM_INDEX_H

#include "common/segment/index.h"
#include "tests/oracle/oracle.h"
#include "tests/oracle/random_corpus.h"

typedef struct RandomIndex {
    char folder[64]; /* temporary */
    char source[80]; /* the corpus as JSONL, next to it */
    Buf description; /* how it was made, for messages */
    RandomCorpus corpus;
    Index *index;
    Oracle oracle;    /* of the live documents */
    bool is_fresh;    /* made of live documents alone */
    uint64_t *live;   /* of each of them its number in the corpus */
    uint64_t *number; /* the same of each document of the index */
} RandomIndex;

/* Analyzer, limits between the classes of lists, pairs, number of segments, k1,
 * b, memory and threads are drawn; often some documents are removed again, in
 * the slow way. Borrows the arena until it is closed. */
NODISCARD Status random_index_make(Random *random, Arena *arena,
                                   RandomCorpus corpus, RandomIndex *out,
                                   Error *error);

/* The live documents alone, with their ids and what decides about answers, but
 * other limits, pairs and segments. Its oracle is empty. */
NODISCARD Status random_index_fresh(Random *random, const RandomIndex *from,
                                    RandomIndex *out, Error *error);

/* Removes the folder too. */
void random_index_close(RandomIndex *random_index);

#endif
