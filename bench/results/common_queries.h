/* common_queries.h - the queries that two results have in common. */
#ifndef QUERN_RESULTS_COMMON_QUERIES_H
#define QUERN_RESULTS_COMMON_QUERIES_H

#include "bench/results/results.h"

/* For each query of a result whether the other has one of the same text. */
typedef struct CommonQueries {
    uint8_t *first, *second; /* owned */
    size_t count;            /* of the first that are common */
} CommonQueries;

NODISCARD Status common_queries_find(const Results *first,
                                     const Results *second, CommonQueries *out,
                                     Error *error);
void common_queries_release(CommonQueries *common);

#endif
