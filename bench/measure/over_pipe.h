/* over_pipe.h - an engine over the line protocol, asked all queries. */
#ifndef QUERN_MEASURE_OVER_PIPE_H
#define QUERN_MEASURE_OVER_PIPE_H

#include "bench/answers/hit_list.h"
#include "bench/engines/engine_process.h"
#include "bench/measure/workload.h"
#include "bench/queries/query_set.h"

typedef struct OverPipe {
    EngineProcess process;
    const QuerySet *queries; /* borrowed */
    bool words_only;         /* asks SetQuery.words */
    Buf line;                /* the question */
    int64_t *counts;         /* borrowed: of each query, as answered before;
                                COUNT_UNKNOWN, COUNT_UNSUPPORTED */
} OverPipe;

enum { COUNT_UNSUPPORTED = -1, COUNT_UNKNOWN = -2 };

/* Starts the engine and asks the first query; *start_ns is the time from its
 * start to the answer. The caller sets queries, words_only and counts first. */
NODISCARD Status over_pipe_open(OverPipe *self, const EngineStart *start,
                                const Workload *first, int64_t *start_ns,
                                Error *error);
void over_pipe_close(OverPipe *self); /* {0} is fine */

/* Times a pass over all queries. ns[i] is 0 if the engine does not support
 * query i. ERR_IO if an answer is not what the protocol says, or a count is not
 * what it was before. */
NODISCARD Status over_pipe_pass(OverPipe *self, const Workload *workload,
                                int64_t *ns, Error *error);

/* COUNT of query i. */
NODISCARD Status over_pipe_count(OverPipe *self, size_t i, int64_t *count,
                                 Error *error);

/* HITS_k of query i. */
NODISCARD Status over_pipe_hits(OverPipe *self, size_t i, uint32_t k,
                                Arena *arena, HitList *out, Error *error);

#endif
