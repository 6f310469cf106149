/* run_cold.c - queries of an open index that was evicted from memory.
 *
 * Before each query the index is opened, its pages are unmapped (the mapping
 * stays) and evicted; then mincore says what is in memory. If that is more than
 * MOST_RESIDENT, the eviction failed and no figure is given. Opening again for
 * each query forgets what the process has verified.
 */
#include "bench/engines/stop_signal.h"
#include "bench/measure/page_cache.h"
#include "bench/measure/run_state.h"
#include "common/base/clock.h"
#include "common/program/log.h"

#include <sys/mman.h>

#define MOST_RESIDENT 0.1
#define COLD_SECONDS 8.0 /* for each index and workload */

/* Pages that a process has mapped are not evicted. */
static void unmap_pages(const Index *index)
{
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        Span bytes = index->segments[i]->file.bytes;
        (void)madvise((void *)(uintptr_t)bytes.data, bytes.size, MADV_DONTNEED);
    }
}

/* The time of one query; *resident is what was in memory before it. */
static Status ask_cold(Subject *subject, const Workload *workload, size_t query,
                       const char **method, double *resident, int64_t *ns,
                       Error *error)
{
    int64_t start_ns;
    Status status = subject_launch(subject, workload, &start_ns, error);
    if (status == OK) unmap_pages(subject->process.index);
    if (status == OK)
        status = page_cache_evict(subject->folder, MOST_RESIDENT, method,
                                  error);
    if (status == OK)
        status = page_cache_resident(subject->folder, resident, error);
    if (status == OK) {
        in_process_choose(&subject->process, workload);
        int64_t before = clock_ns();
        status = in_process_ask(&subject->process, query, error);
        *ns = clock_ns() - before;
    }
    subject_end(subject);
    return status;
}

static Status measure_workload(Run *run, size_t engine, size_t workload,
                               bool *is_evicted, Error *error)
{
    Subject *subject = &run->subjects[engine];
    size_t queries = subject->queries->count;
    const Workload *asked = &run->options->workloads.items[workload];
    ResultCold cold = {.engine = engine,
                       .workload = workload,
                       .method = "",
                       .ns = result_integers(run->results, queries)};
    Status status = results_check(run->results, error);
    double end = clock_seconds() + COLD_SECONDS;
    for (size_t i = 0; status == OK && *is_evicted && i < queries; i++) {
        double resident = 0;
        int64_t ns = 0;
        status = ask_cold(subject, asked, i, &cold.method, &resident, &ns,
                          error);
        if (resident > cold.resident) cold.resident = resident;
        *is_evicted = resident <= MOST_RESIDENT;
        if (status == OK && *is_evicted) cold.ns.items[i] = ns;
        run_advance(run, 0, 1);
        if (clock_seconds() > end) break;
        if (status == OK && stop_signal_seen())
            status = stop_signal_fail(error);
    }
    if (*is_evicted) results_add_cold(run->results, &cold);
    if (!*is_evicted) {
        log_warn(
            "%s: %.0f %% of the index stayed in memory after its eviction "
            "(another program may have it open, or it lies in a file system "
            "in memory): no cold times",
            subject->folder, 100 * cold.resident);
    }
    return status;
}

Status run_cold(Run *run, Error *error)
{
    Status status = OK;
    progress_start(&run->progress, "measuring cold", "queries");
    run->planned = 0;
    for (size_t e = 0; status == OK && e < run->subject_count; e++) {
        Subject *subject = &run->subjects[e];
        bool is_evicted = true;
        if (subject->kind != ENGINE_PROCESS || subject->has_failed) continue;
        for (size_t w = 0;
             status == OK && is_evicted && w < run->options->workloads.count;
             w++) {
            status = measure_workload(run, e, w, &is_evicted, error);
        }
        status = run_give_up(run, subject, status, error);
    }
    progress_end(&run->progress);
    return status;
}
