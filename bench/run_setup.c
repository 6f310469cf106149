/* run_setup.c - what `bench run` measures, from its options. */
#include "bench/run_setup.h"

#include "bench/measure/settle.h"

#include <stdio.h>
#include <stdlib.h>

#define WARM_BUDGET_SECONDS 10.0 /* without peers, for all launches */

/* Engines take k1 and b from the environment, where they can; what the user has
 * set there stays. */
static void export_parameters(const Results *results)
{
    char text[32];
    const ResultEngine *first = results_engine(results, 0);
    snprintf(text, sizeof text, "%.7g", first->k1);
    setenv("K1", text, false);
    snprintf(text, sizeof text, "%.7g", first->b);
    setenv("B", text, false);
}

static Status set_options(const RunSettings *settings, RunSetup *setup,
                          Error *error)
{
    RunOptions *options = &setup->options;
    options->launches = (size_t)settings->launches;
    options->passes = (size_t)settings->passes;
    options->budget_seconds = RUN_BUDGET_SECONDS;
    options->warm_seconds = settings->warm;
    options->has_peers = settings->engines.count > 0;
    options->cold = settings->cold;
    options->qrels = settings->qrels ? &setup->qrels : NULL;
    options->qrels_name = settings->qrels;
    return workloads_parse(settings->depths, settings->count,
                           &options->workloads, error);
}

static void add_workloads(const Workloads *workloads, Results *results)
{
    for (size_t i = 0; i < workloads->count; i++) {
        const Workload *workload = &workloads->items[i];
        ResultWorkload described = {i, workload->name, workload->k};
        results_add_workload(results, &described);
    }
}

/* Without peers a run ends within a minute. */
static void limit_warm_up(RunSetup *setup)
{
    RunOptions *options = &setup->options;
    double launches = (double)(setup->subject_count * options->launches *
                               options->workloads.count);
    options->warm_limit = options->has_peers ? SETTLE_LIMIT_SECONDS
                                             : WARM_BUDGET_SECONDS / launches;
}

Status run_setup(const RunSettings *settings, RunSetup *setup, Results *results,
                 Error *error)
{
    Status status = set_options(settings, setup, error);
    if (status == OK) status = run_read_queries(settings, setup, error);
    if (status == OK && settings->qrels)
        status = qrels_read(settings->qrels, &setup->qrels, error);
    if (status == OK) status = run_add_engines(settings, setup, error);
    if (status == OK) status = run_limit_queries(settings, setup, error);
    if (status != OK) return status;
    limit_warm_up(setup);
    add_workloads(&setup->options.workloads, results);
    status = run_describe_engines(setup, results, error);
    if (status == OK) status = run_describe_queries(setup, results, error);
    if (status == OK) export_parameters(results);
    return status == OK ? results_check(results, error) : status;
}

void run_setup_release(RunSetup *setup)
{
    for (size_t i = 0; i < setup->subject_count; i++)
        subject_release(&setup->subjects[i]);
    query_set_release(&setup->queries);
    qrels_release(&setup->qrels);
    arena_release(&setup->arena);
}
