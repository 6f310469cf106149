/* subject.h - an engine that is measured: Quern in this process, or any engine
 * over a pipe, launched and asked in the same way.
 */
#ifndef QUERN_MEASURE_SUBJECT_H
#define QUERN_MEASURE_SUBJECT_H

#include "bench/measure/in_process.h"
#include "bench/measure/over_pipe.h"
#include "bench/results/results.h"

typedef struct Subject {
    const char *name;
    EngineKind kind;
    const char *folder; /* of the index; NULL: not Quern */
    EngineStart start;  /* over a pipe */
    const QuerySet *queries;
    bool plain;      /* operators are text */
    int64_t *counts; /* owned; the number of matches of each query */
    bool compiles;   /* as it runs: the long warm-up */
    bool has_failed; /* not launched any more */
    char failure[ERROR_MESSAGE_BYTES];
    double pass_seconds; /* of a pass of all workloads, about */

    InProcess process; /* while launched */
    OverPipe pipe;
} Subject;

NODISCARD Status subject_init(Subject *subject, Error *error);
void subject_release(Subject *subject);

/* Starts it and asks the first query. *start_ns: 0 in process. */
NODISCARD Status subject_launch(Subject *subject, const Workload *first,
                                int64_t *start_ns, Error *error);
void subject_end(Subject *subject);

/* Times each query; 0: not supported, or not asked. */
NODISCARD Status subject_pass(Subject *subject, const Workload *workload,
                              int64_t *ns, Error *error);

/* The number of matches of query i, or COUNT_UNSUPPORTED. */
NODISCARD Status subject_count(Subject *subject, size_t i, int64_t *count,
                               Error *error);

NODISCARD Status subject_hits(Subject *subject, size_t i, uint32_t k,
                              Arena *arena, HitList *out, Error *error);

#endif
