/* run_slowest.c - the slowest queries of the first index: why are they slow?
 *
 * By their minimum in process, for each workload; then each is searched once
 * more with a trace.
 */
#include "bench/measure/run_state.h"
#include "common/base/clock.h"
#include "searcher/search/search_trace.h"

#include <stdlib.h>

enum { SLOWEST = 3 };

/* The least time of each query in process; 0: none. */
static void put_minima(const Results *results, size_t workload, int64_t *minima)
{
    const ResultSamples *passes = results->samples.items;
    for (size_t i = 0; i < results->samples.count; i++) {
        const ResultSamples *pass = &passes[i];
        if (pass->engine != 0 || pass->workload != workload) continue;
        for (size_t q = 0; q < pass->ns.count; q++) {
            int64_t ns = pass->ns.items[q];
            if (ns > 0 && (minima[q] == 0 || ns < minima[q])) minima[q] = ns;
        }
    }
}

static void add_counter(ResultTrace *trace, const char *name, uint64_t value)
{
    size_t i = trace->values.count;
    trace->counters.items[i] = name;
    trace->values.items[i] = (int64_t)value;
    trace->counters.count = trace->values.count = i + 1;
}

static void add_counters(Results *results, const SearchTrace *searched,
                         int64_t total_ns, ResultTrace *trace)
{
    enum { COUNTERS = 9 };
    TraceTotals totals = search_trace_totals(searched);
    trace->counters = result_texts(results, COUNTERS);
    trace->values = result_integers(results, COUNTERS);
    if (!trace->counters.items || !trace->values.items) return;
    trace->counters.count = trace->values.count = 0;
    uint64_t search_ns = searched->plan_ns + searched->execute_ns;
    uint64_t all_ns = (uint64_t)total_ns;
    add_counter(trace, "postings", totals.postings);
    add_counter(trace, "blocks", totals.blocks);
    add_counter(trace, "blocks_decoded", totals.blocks_decoded);
    add_counter(trace, "ranges", totals.ranges);
    add_counter(trace, "ranges_scored", totals.ranges_scored);
    add_counter(trace, "documents_scored", totals.documents_scored);
    add_counter(trace, "parse_ns", all_ns > search_ns ? all_ns - search_ns : 0);
    add_counter(trace, "plan_ns", searched->plan_ns);
    add_counter(trace, "execute_ns", searched->execute_ns);
}

static Status trace_query(Run *run, size_t workload, size_t query, int64_t ns,
                          Error *error)
{
    InProcess *process = &run->subjects[0].process;
    SearchTrace searched = {0};
    Buf plan = {0};
    ResultTrace trace = {.workload = workload, .query = query, .ns = ns};
    /* Once without: the first use of a word costs more, which does not belong
     * to the time that is explained. */
    Status status = in_process_ask(process, query, error);
    if (status != OK) return status;
    process->options.trace = &searched;
    int64_t before = clock_ns();
    status = in_process_ask(process, query, error);
    int64_t total_ns = clock_ns() - before;
    process->options.trace = NULL;
    if (status != OK) return status;
    search_describe_last(process->context, &plan);
    trace.plan = result_text(run->results, buf_span(&plan));
    add_counters(run->results, &searched, total_ns, &trace);
    results_add_trace(run->results, &trace);
    buf_release(&plan);
    return OK;
}

static Status trace_workload(Run *run, size_t workload, int64_t *minima,
                             Error *error)
{
    size_t queries = run->results->queries.count;
    Status status = OK;
    memset(minima, 0, queries * sizeof *minima);
    put_minima(run->results, workload, minima);
    in_process_choose(&run->subjects[0].process,
                      &run->options->workloads.items[workload]);
    for (int n = 0; status == OK && n < SLOWEST; n++) {
        size_t slowest = 0;
        for (size_t q = 1; q < queries; q++) {
            if (minima[q] > minima[slowest]) slowest = q;
        }
        if (minima[slowest] == 0) break;
        status = trace_query(run, workload, slowest, minima[slowest], error);
        minima[slowest] = 0;
    }
    return status;
}

Status run_slowest(Run *run, Error *error)
{
    Subject *subject = &run->subjects[0];
    if (subject->kind != ENGINE_PROCESS || subject->has_failed) return OK;
    int64_t start_ns;
    int64_t *minima = calloc(run->results->queries.count + 1, sizeof *minima);
    if (!minima) return fail_memory(error, "finding the slowest queries");
    Status status = subject_launch(subject, &run->options->workloads.items[0],
                                   &start_ns, error);
    for (size_t w = 0; status == OK && w < run->options->workloads.count; w++)
        status = trace_workload(run, w, minima, error);
    subject_end(subject);
    free(minima);
    return run_give_up(run, subject, status, error);
}
