/* result_samples.h - the samples of a row of a table: one engine, one workload,
 * one class of queries, without the cost of the pipe.
 *
 * That cost is the null engine's, of the launch with the same number, which was
 * made next to it: its minimum for the same query is subtracted from a minimum,
 * its median over all queries from any other time.
 */
#ifndef QUERN_RESULTS_RESULT_SAMPLES_H
#define QUERN_RESULTS_RESULT_SAMPLES_H

#include "bench/results/results.h"
#include "bench/statistics/bootstrap.h"

typedef struct SampleChoice {
    ResultTable table;
    size_t engine, workload;
    const char *class_name; /* NULL: all queries */
    const uint8_t *chosen;  /* by query: 0 leaves it out; NULL: all */
} SampleChoice;

/* For TABLE_MINIMUM a sample for each launch and query, the least of its
 * passes; for TABLE_ALL one for each execution. set->samples is freed by the
 * caller. */
NODISCARD Status samples_collect(const Results *results, SampleChoice choice,
                                 SampleSet *set, Error *error);

/* How many launches of an engine are listed (the largest number + 1). */
size_t results_launch_count(const Results *results, size_t engine);

/* The null engine; the number of engines if there is none. */
size_t results_null_engine(const Results *results);

/* The distinct classes in the order of the queries; borrowed from `results`,
 * the array is freed by the caller. */
NODISCARD Status results_classes(const Results *results, TextList *classes,
                                 Error *error);

#endif
