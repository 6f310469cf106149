/* bench_run.c - measures engines: answers first, then launches in turns. */
#include "bench/measure/bench_run.h"

#include "bench/measure/run_state.h"

enum { MAX_PASSES = 1000, MAX_SAMPLES = 250000 };

/* Seconds of a pass of all engines. */
static double round_seconds(const Run *run)
{
    double seconds = 0;
    for (size_t i = 0; i < run->subject_count; i++)
        seconds += run->subjects[i].pass_seconds;
    return seconds;
}

/* As many passes as fit in the budget, in each launch alike. */
static void plan_passes(Run *run)
{
    const RunOptions *options = run->options;
    double round = round_seconds(run);
    size_t launches = options->launches;
    size_t samples = run->results->queries.count * launches;
    double fit = options->budget_seconds / ((double)launches * round);
    size_t most = MAX_SAMPLES / samples;
    if (most > MAX_PASSES) most = MAX_PASSES;
    run->passes = fit < (double)most ? (size_t)fit : most;
    size_t least = options->has_peers ? 3 : 1;
    if (run->passes < least) run->passes = least;
    if (options->passes) run->passes = options->passes;
    run->planned = (double)launches * (double)run->passes * round;
}

/* All engines, for one workload; the order turns by one each round. */
static Status run_round(Run *run, size_t round, size_t workload, int64_t *order,
                        Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < run->subject_count; i++) {
        ResultLaunch launch = {.engine = (i + round) % run->subject_count,
                               .launch = round,
                               .workload = workload,
                               .order = *order};
        if (run->subjects[launch.engine].has_failed) continue;
        status = run_launch(run, launch, error);
        ++*order;
    }
    return status;
}

static Status run_launches(Run *run, Error *error)
{
    Status status = OK;
    int64_t order = 0;
    for (size_t round = 0; round < run->options->launches; round++) {
        for (size_t w = 0; status == OK && w < run->options->workloads.count;
             w++) {
            status = run_round(run, round, w, &order, error);
        }
    }
    return status;
}

/* What is known about the engines only after they have run. */
static void complete_engines(Run *run)
{
    ResultEngine *engines = run->results->engines.items;
    for (size_t i = 0; i < run->subject_count; i++) {
        const Subject *subject = &run->subjects[i];
        engines[i].compiles = subject->compiles;
        engines[i].failure = result_text(run->results,
                                         span_text(subject->failure));
    }
}

Status bench_run(const RunOptions *options, Subject *subjects,
                 size_t subject_count, Results *results, Error *error)
{
    Run run = {.options = options,
               .subjects = subjects,
               .subject_count = subject_count,
               .results = results};
    progress_start(&run.progress, "comparing answers", "queries");
    Status status = run_answers(&run, error);
    progress_end(&run.progress);
    if (status == OK) {
        plan_passes(&run);
        progress_start(&run.progress, "measuring", "queries");
        status = run_launches(&run, error);
        progress_end(&run.progress);
    }
    if (status == OK && options->cold) status = run_cold(&run, error);
    if (status == OK && options->qrels) status = run_quality(&run, error);
    if (status == OK) status = run_slowest(&run, error);
    complete_engines(&run);
    return status;
}
