/* bench_run.h - measures engines: answers first, then launches in turns.
 *
 *   answers   every engine is asked COUNT and HITS_k of every query once; they
 *             are compared, and a pass is timed, to plan how many fit
 *   launches  in each of `launches` rounds, for each workload, every engine is
 *             started afresh (the order turns by one each round), warmed up,
 *             and asked all queries `passes` times; so what the machine does in
 *             a minute hits all
 *   cold      an index that was evicted from memory before each query
 *   slowest   the slowest queries, with their plans
 *
 * An engine that fails is given up with a message; the others go on, and what
 * was measured is kept, after Ctrl-C too. Only one run per process.
 */
#ifndef QUERN_MEASURE_BENCH_RUN_H
#define QUERN_MEASURE_BENCH_RUN_H

#include "bench/measure/subject.h"
#include "bench/quality/qrels.h"

typedef struct RunOptions {
    Workloads workloads;
    size_t launches, passes; /* passes 0: as many as fit */
    double budget_seconds;   /* for all timed passes, if passes is 0 */
    double warm_seconds;     /* at least, for engines that compile */
    double warm_limit;       /* at most */
    bool has_peers;
    bool cold;
    const Qrels *qrels; /* NULL: quality is not measured */
    const char *qrels_name;
    int core; /* that everything is bound to; -1: none */
} RunOptions;

/* Fills results: engines (their number is that in `subjects`), launches,
 * samples, colds, answers, hits, differences, traces. Queries and workloads are
 * there already. ERR_INTERRUPTED after Ctrl-C, with what was measured; a failed
 * engine is no failure of the run. */
NODISCARD Status bench_run(const RunOptions *options, Subject *subjects,
                           size_t subject_count, Results *results,
                           Error *error);

#endif
