/* run_state.c - what the parts of a run share. */
#include "bench/measure/run_state.h"

#include "common/program/log.h"

#include <stdio.h>

Status run_give_up(Run *run, Subject *subject, Status status,
                   const Error *error)
{
    if (status == OK) return OK;
    run->results->end.partial = true;
    if (status == ERR_INTERRUPTED || status == ERR_NO_MEMORY) return status;
    subject->has_failed = true;
    snprintf(subject->failure, sizeof subject->failure, "%s", error->message);
    log_error("%s; going on without it", error->message);
    return OK;
}

void run_advance(Run *run, double seconds, uint64_t queries)
{
    run->done += seconds;
    run->asked += queries;
    double share = run->planned > 0 ? run->done / run->planned : -1;
    progress_show(&run->progress, run->asked, 0, share > 1 ? 1 : share);
}
