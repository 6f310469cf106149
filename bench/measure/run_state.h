/* run_state.h - what the parts of a run share. */
#ifndef QUERN_MEASURE_RUN_STATE_H
#define QUERN_MEASURE_RUN_STATE_H

#include "bench/measure/bench_run.h"
#include "common/program/progress.h"

typedef struct Run {
    const RunOptions *options;
    Subject *subjects;
    size_t subject_count;
    Results *results;
    size_t passes;
    Progress progress;
    double planned, done; /* seconds, about */
    uint64_t asked;       /* queries so far */
} Run;

/* The status of a failed engine: OK, after a message, so that the run goes on;
 * other failures (Ctrl-C, no memory) are returned. */
NODISCARD Status run_give_up(Run *run, Subject *subject, Status status,
                             const Error *error);

/* Adds to the progress. */
void run_advance(Run *run, double seconds, uint64_t queries);

/* run_answers.c: asks and compares, and times a pass of each engine. */
NODISCARD Status run_answers(Run *run, Error *error);

/* run_launch.c: one launch of one engine for one workload. Of `launch` the
 * numbers are given. */
NODISCARD Status run_launch(Run *run, ResultLaunch launch, Error *error);

/* run_cold.c: queries of an index that was evicted from memory. */
NODISCARD Status run_cold(Run *run, Error *error);

/* run_slowest.c: the slowest queries of the first index. */
NODISCARD Status run_slowest(Run *run, Error *error);

/* run_quality.c: a pass of its own, at k = 1,000. */
NODISCARD Status run_quality(Run *run, Error *error);

#endif
