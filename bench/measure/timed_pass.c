/* timed_pass.c - times each of a series of questions. */
#include "bench/measure/timed_pass.h"

#include "bench/engines/stop_signal.h"

Status timed_pass(TimedAsk *ask, void *self, size_t count, TimedClock *clock,
                  int64_t *ns, Error *error)
{
    int64_t before = clock();
    for (size_t i = 0; i < count; i++) {
        Status status = ask(self, i, error);
        int64_t now = clock();
        if (status != OK) return status;
        ns[i] = now > before ? now - before : 1;
        before = now;
        if (stop_signal_seen()) return stop_signal_fail(error);
    }
    return OK;
}
