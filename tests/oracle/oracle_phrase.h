/* oracle_phrase.h - how often a phrase occurs in a document. */
#ifndef QUERN_ORACLE_ORACLE_PHRASE_H
#define QUERN_ORACLE_ORACLE_PHRASE_H

#include "common/base/arena.h"
#include "searcher/query/query.h"

/* The positions of one word of a phrase, ascending. */
typedef struct OraclePositions {
    uint32_t *at;
    size_t count;
} OraclePositions;

/* One OraclePositions a word of the phrase. Exact phrases: the number of
 * matches. With slop: the sum of 1 / (1 + distance), as in Lucene. */
float oracle_phrase_frequency(const QueryNode *phrase,
                              const OraclePositions *positions, Arena *arena);

#endif
