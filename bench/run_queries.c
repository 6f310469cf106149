/* run_queries.c - the queries that `bench run` measures. */
#include "bench/run_setup.h"

#include "bench/queries/query_class.h"
#include "common/base/clock.h"
#include "common/program/log.h"

#include <math.h>

static bool take_line(Span *rest, Span *line)
{
    if (!rest->size) return false;
    const uint8_t *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    size_t taken = size + (end != NULL);
    *line = span_of(rest->data, size);
    *rest = span_of(rest->data + taken, rest->size - taken);
    return true;
}

static void log_queries(const RunSettings *settings, const QuerySet *queries)
{
    Span rest = buf_span(&queries->problems), line;
    const char *name = strcmp(settings->file, "-") ? settings->file
                                                   : "standard input";
    while (take_line(&rest, &line)) log_error("%.*s", SPAN_ARGS(line));
    rest = buf_span(&queries->warnings);
    while (take_line(&rest, &line)) log_warn("%.*s", SPAN_ARGS(line));
    log_note("%s: %zu quer%s, %s", name, queries->count,
             queries->count == 1 ? "y" : "ies", queries->format);
}

Status run_read_queries(const RunSettings *settings, RunSetup *setup,
                        Error *error)
{
    if (!settings->file) {
        return fail(error, ERR_USAGE,
                    "no queries: use -f FILE (one query per line, qid TAB "
                    "query, class TAB query, TREC topics, ...)");
    }
    Status status = query_set_read(settings->file, &settings->topics,
                                   &setup->queries, error);
    if (status == OK) log_queries(settings, &setup->queries);
    return status;
}

/* Queries with their classes and postings, by the first index. */
Status run_describe_queries(RunSetup *setup, Results *results, Error *error)
{
    Subject *first = &setup->subjects[0];
    Workload workload = {.k = 1};
    int64_t start_ns;
    Status status = subject_launch(first, &workload, &start_ns, error);
    if (status == OK) in_process_choose(&first->process, &workload);
    for (size_t i = 0; status == OK && i < setup->queries.count; i++) {
        const SetQuery *query = &setup->queries.items[i];
        status = in_process_ask(&first->process, i, error);
        if (status != OK) break;
        const char *class_name = query->class_name;
        if (!class_name) class_name = query_class(&first->process.query);
        ResultQuery described = {i, query->qid, class_name,
                                 (const char *)query->text.data,
                                 (int64_t)in_process_postings(&first->process)};
        results_add_query(results, &described);
    }
    subject_end(first);
    return status;
}

static Workload deepest_workload(const Workloads *workloads)
{
    Workload deepest = workloads->items[0];
    for (size_t i = 1; i < workloads->count; i++) {
        if (workloads->items[i].k > deepest.k) deepest = workloads->items[i];
    }
    return deepest;
}

enum { SAMPLE = 200 };

/* Seconds of a query in process, from SAMPLE queries over the whole set: the
 * least of some passes after a first one, which is slower. */
static Status estimate_query(RunSetup *setup, double *seconds, Error *error)
{
    enum { SAMPLE_PASSES = 4 };
    Subject *first = &setup->subjects[0];
    size_t all = setup->queries.count;
    int64_t start_ns;
    Workload deepest = deepest_workload(&setup->options.workloads);
    Status status = subject_launch(first, &deepest, &start_ns, error);
    if (status == OK) in_process_choose(&first->process, &deepest);
    *seconds = HUGE_VAL;
    for (int pass = 0; status == OK && pass < SAMPLE_PASSES; pass++) {
        int64_t start = clock_ns();
        for (size_t i = 0; status == OK && i < SAMPLE; i++)
            status = in_process_ask(&first->process, i * all / SAMPLE, error);
        double took = (double)(clock_ns() - start) * 1e-9 / SAMPLE;
        if (pass && took < *seconds) *seconds = took;
    }
    subject_end(first);
    return status;
}

/* Without peers a run ends within a minute: as many queries as can be asked
 * three times for the warm-up and twice more in each launch. */
Status run_limit_queries(const RunSettings *settings, RunSetup *setup,
                         Error *error)
{
    enum { PASSES = 5 };
    size_t all = setup->queries.count;
    double seconds;
    if (settings->engines.count || settings->passes || all <= SAMPLE) return OK;
    Status status = estimate_query(setup, &seconds, error);
    double engines = (double)(setup->subject_count - 1); /* but null */
    double fit = RUN_BUDGET_SECONDS /
                 (seconds * engines * PASSES * (double)settings->launches *
                  (double)setup->options.workloads.count);
    if (status != OK || fit >= (double)all) return status;
    query_set_draw(&setup->queries, fit < SAMPLE ? SAMPLE : (size_t)fit);
    log_note("%zu of %zu queries, drawn at random, so that the run ends within "
             "a minute; --passes measures all of them",
             setup->queries.count, all);
    return OK;
}
