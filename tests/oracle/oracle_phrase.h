/* oracle_phrase.h - how often a phrase occurs in a document. */
#ifndef QUERN_ORACLE_ORACLE_PHRASE_H
#define QUERN_ORACLE_ORACLE_PHRASE_H

#include "common/base/arena.h"
#include "searcher/query/query.h"

/* Where one word of a phrase stands, ascending. */
typedef struct OraclePositions {
    uint32_t *at;
    size_t count;
} OraclePositions;

/* One OraclePositions a word of the phrase. Exact phrases: how many places it
 * stands at. With slop: the sum of 1 / (1 + distance), as Lucene counts. */
float oracle_phrase_frequency(const QueryNode *phrase,
                              const OraclePositions *positions, Arena *arena);

#endif
