/* subject.c - an engine that is measured. */
#include "bench/measure/subject.h"

#include "bench/measure/timed_pass.h"
#include "common/base/clock.h"

#include <stdlib.h>

static const Workload COUNT_ALL = {0, "COUNT"};

Status subject_init(Subject *subject, Error *error)
{
    size_t count = subject->queries->count;
    subject->counts = malloc((count + 1) * sizeof *subject->counts);
    if (!subject->counts) return fail_memory(error, "preparing engines");
    for (size_t i = 0; i < count; i++) subject->counts[i] = COUNT_UNKNOWN;
    return OK;
}

void subject_release(Subject *subject)
{
    subject_end(subject);
    free(subject->counts);
}

Status subject_launch(Subject *subject, const Workload *first,
                      int64_t *start_ns, Error *error)
{
    *start_ns = 0;
    if (subject->kind == ENGINE_PROCESS) {
        return in_process_open(&subject->process, subject->folder,
                               subject->queries, subject->plain, error);
    }
    bool is_null = subject->kind == ENGINE_NULL;
    subject->pipe = (OverPipe){.queries = subject->queries,
                               .words_only = subject->plain &&
                                             subject->kind == ENGINE_PEER,
                               .counts = is_null ? NULL : subject->counts};
    return over_pipe_open(&subject->pipe, &subject->start, first, start_ns,
                          error);
}

void subject_end(Subject *subject)
{
    in_process_close(&subject->process);
    over_pipe_close(&subject->pipe);
}

Status subject_pass(Subject *subject, const Workload *workload, int64_t *ns,
                    Error *error)
{
    if (subject->kind != ENGINE_PROCESS)
        return over_pipe_pass(&subject->pipe, workload, ns, error);
    in_process_choose(&subject->process, workload);
    return timed_pass(in_process_ask, &subject->process,
                      subject->queries->count, clock_ns, ns, error);
}

Status subject_count(Subject *subject, size_t i, int64_t *count, Error *error)
{
    if (subject->kind != ENGINE_PROCESS)
        return over_pipe_count(&subject->pipe, i, count, error);
    in_process_choose(&subject->process, &COUNT_ALL);
    Status status = in_process_ask(&subject->process, i, error);
    *count = (int64_t)subject->process.result.total;
    return status;
}

Status subject_hits(Subject *subject, size_t i, uint32_t k, Arena *arena,
                    HitList *out, Error *error)
{
    return subject->kind == ENGINE_PROCESS
               ? in_process_hits(&subject->process, i, k, arena, out, error)
               : over_pipe_hits(&subject->pipe, i, k, arena, out, error);
}
