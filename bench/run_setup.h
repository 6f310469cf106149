/* run_setup.h - what `bench run` measures, from its options. */
#ifndef QUERN_BENCH_RUN_SETUP_H
#define QUERN_BENCH_RUN_SETUP_H

#include "bench/measure/bench_run.h"
#include "common/program/options.h"

typedef struct RunSettings {
    OptionList indexes, engines, jit;
    const char *file, *depths, *qrels, *output;
    uint64_t launches, passes;
    double warm, timeout;
    bool count, cold, syntax, json;
} RunSettings;

enum { MAX_SUBJECTS = 32, MAX_ARGUMENTS = 10 };

/* Everything that a run needs; the subjects refer to it, so it must not move.
 * Start with {0}. */
typedef struct RunSetup {
    QuerySet queries;
    Qrels qrels;
    Subject subjects[MAX_SUBJECTS]; /* the null engine comes last */
    size_t subject_count;
    const char *arguments[MAX_SUBJECTS][MAX_ARGUMENTS];
    RunOptions options;
    Arena arena; /* names and paths */
} RunSetup;

/* Reads the queries, opens each index once, fills results with engines,
 * workloads and queries. ERR_USAGE for an --engine without a name, a name given
 * twice, no index. */
NODISCARD Status run_setup(const RunSettings *settings, RunSetup *setup,
                           Results *results, Error *error);
void run_setup_release(RunSetup *setup);

#endif
