/* run_launch.c - one launch of one engine for one workload: start, warm-up,
 * timed passes.
 *
 * A process of its own for each workload: an engine that compiles as it runs
 * compiles for what it is asked, and warms up for it alone. */
#include "bench/measure/calibration.h"
#include "bench/measure/run_state.h"
#include "bench/measure/settle.h"
#include "common/base/clock.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"

#include <math.h>
#include <stdlib.h>

/* An engine that does not compile as it runs has nothing left to warm up after
 * as many passes: what still differs is the machine. */
enum { MAX_WARM_PASSES = 200 };

/* The limit leaves room for the passes whose medians are compared. */
static double warm_limit(const Run *run, const Subject *subject)
{
    double needed = (SETTLE_PASSES + 1) * subject->pass_seconds /
                    (double)run->options->workloads.count;
    double limit = run->options->warm_limit;
    return fmin(fmax(limit, needed), SETTLE_LIMIT_SECONDS);
}

static bool may_go_on(const Run *run, const Subject *subject,
                      const ResultLaunch *launch)
{
    return !launch->settled &&
           launch->warm_seconds < warm_limit(run, subject) &&
           (subject->compiles || launch->warm_passes < MAX_WARM_PASSES);
}

/* Passes until the medians agree, at least as long as an engine that compiles
 * needs, at most as long as the limit. */
static Status warm_up(Run *run, Subject *subject, ResultLaunch *launch,
                      Error *error)
{
    const RunOptions *options = run->options;
    size_t queries = subject->queries->count;
    int64_t *ns = calloc(queries + 1, sizeof *ns);
    if (!ns) return fail_memory(error, "warming up");
    double start = clock_seconds();
    double least = subject->compiles ? options->warm_seconds : 0;
    const Workload *workload = &options->workloads.items[launch->workload];
    Settle settle = {0};
    Status status = OK;
    while (status == OK && may_go_on(run, subject, launch)) {
        status = subject_pass(subject, workload, ns, error);
        settle_add(&settle, settle_median(ns, queries));
        run_advance(run, 0, queries);
        launch->warm_passes++;
        launch->warm_seconds = clock_seconds() - start;
        launch->settled = launch->warm_seconds >= least && settle.is_over;
    }
    free(ns);
    return status;
}

static Status timed_passes(Run *run, const ResultLaunch *launch, Error *error)
{
    const Workloads *workloads = &run->options->workloads;
    Subject *subject = &run->subjects[launch->engine];
    size_t queries = subject->queries->count;
    double seconds = subject->pass_seconds / (double)workloads->count;
    Status status = OK;
    for (size_t pass = 0; status == OK && pass < run->passes; pass++) {
        ResultSamples samples = {launch->engine, launch->launch,
                                 launch->workload, pass,
                                 result_integers(run->results, queries)};
        status = results_check(run->results, error);
        if (status != OK) return status;
        status = subject_pass(subject, &workloads->items[launch->workload],
                              samples.ns.items, error);
        results_add_samples(run->results, &samples);
        run_advance(run, seconds, queries);
    }
    return status;
}

/* Once, in the first launch. */
static void log_messages(const Subject *subject, const ResultLaunch *launch)
{
    Buf first = {0};
    bool is_first = launch->launch == 0 && launch->workload == 0;
    if (!is_first || subject->kind != ENGINE_PEER) return;
    size_t lines = engine_messages(&subject->pipe.process, &first);
    const char *text = buf_text(&first);
    if (lines && text) {
        log_note("engine '%s' printed %zu line%s to standard error: %s%s",
                 subject->name, lines, lines == 1 ? "" : "s", text,
                 lines == 1 ? "" : " ...");
    }
    buf_release(&first);
}

Status run_launch(Run *run, ResultLaunch launch, Error *error)
{
    Subject *subject = &run->subjects[launch.engine];
    const Workloads *workloads = &run->options->workloads;
    launch.calibration_ns = calibration_time();
    Status status = subject_launch(subject, &workloads->items[launch.workload],
                                   &launch.start_ns, error);
    if (status == OK) status = warm_up(run, subject, &launch, error);
    if (status == OK) {
        results_add_launch(run->results, &launch);
        status = timed_passes(run, &launch, error);
        log_messages(subject, &launch);
    }
    subject_end(subject);
    return run_give_up(run, subject, status, error);
}
