/* result_changes.h - how much slower or faster an engine is in one result than
 * in another, or than another engine of the same result. */
#ifndef QUERN_RESULTS_RESULT_CHANGES_H
#define QUERN_RESULTS_RESULT_CHANGES_H

#include "bench/results/results.h"
#include "bench/statistics/change.h"
#include "bench/statistics/percentiles.h"

/* The risk that any figure of a pair is a false alarm. */
#define CHANGE_RISK 0.02

typedef struct ChangePair {
    const Results *first, *second; /* the same: launches are interleaved */
    size_t first_engine, second_engine;
    /* By query: 0 leaves it out; NULL: all are compared. */
    const uint8_t *first_queries, *second_queries;
} ChangePair;

typedef struct ChangeRow {
    ResultTable table;
    size_t workload; /* of the first result */
    Figure figure;
    double before, after; /* ns: geometric means over launches */
    Change change;
} ChangeRow;

typedef struct ChangeList {
    Buf rows;        /* of ChangeRow */
    size_t launches; /* compared, of the engine with fewer */
    double shift;    /* of the calibration, a logarithm: the machine was this
                        much slower in the second one */
} ChangeList;

/* All figures that both have, of all queries together. A launch that is not
 * complete is left out. *out starts with {0} and is released by the caller. */
NODISCARD Status changes_compute(ChangePair pair, ChangeList *out,
                                 Error *error);
void changes_release(ChangeList *list);

static inline const ChangeRow *changes_rows(const ChangeList *list,
                                            size_t *count)
{
    *count = list->rows.size / sizeof(ChangeRow);
    const void *rows = list->rows.data;
    return rows;
}

#endif
