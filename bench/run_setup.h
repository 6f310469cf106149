/* run_setup.h - what `bench run` measures, from its options. */
#ifndef QUERN_BENCH_RUN_SETUP_H
#define QUERN_BENCH_RUN_SETUP_H

#include "bench/measure/bench_run.h"
#include "common/program/options.h"

typedef struct RunSettings {
    OptionList indexes, engines, jit;
    const char *file, *depths, *qrels, *output;
    TopicOptions topics; /* how the file is read */
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

#define RUN_BUDGET_SECONDS                            \
    30.0 /* of timed passes, unless --passes is given \
          */

/* Reads the queries, opens each index once, fills results with engines,
 * workloads and queries. ERR_USAGE for an --engine without a name, a name given
 * twice, no index. */
NODISCARD Status run_setup(const RunSettings *settings, RunSetup *setup,
                           Results *results, Error *error);
void run_setup_release(RunSetup *setup);

/* run_engines.c: adds the subjects: each index in process and, as `searcher
 * --serve`, over a pipe; then the engines of --engine, then the null engine. */
NODISCARD Status run_add_engines(const RunSettings *settings, RunSetup *setup,
                                 Error *error);

/* Adds the engines of the results. */
NODISCARD Status run_describe_engines(RunSetup *setup, Results *results,
                                      Error *error);

/* run_queries.c: reads them, draws some if a run without peers would take
 * longer than a minute (the subjects are there already), and adds them to the
 * results with their classes. */
NODISCARD Status run_read_queries(const RunSettings *settings, RunSetup *setup,
                                  Error *error);
NODISCARD Status run_limit_queries(const RunSettings *settings, RunSetup *setup,
                                   Error *error);
NODISCARD Status run_describe_queries(RunSetup *setup, Results *results,
                                      Error *error);

#endif
