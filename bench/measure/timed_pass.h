/* timed_pass.h - times each of a series of questions.
 *
 * The clock is read once per question: the end of one is the start of the
 * next. So a time holds the question, one reading of the clock, and the store
 * of the time before; nothing else is between two readings.
 */
#ifndef QUERN_MEASURE_TIMED_PASS_H
#define QUERN_MEASURE_TIMED_PASS_H

#include "common/base/status.h"

#include <stddef.h>
#include <stdint.h>

/* Asks question i. */
typedef Status TimedAsk(void *self, size_t i, Error *error);

typedef int64_t TimedClock(void); /* in nanoseconds */

/* ns[i] is the time of question i, at least 1. Ends at the first failure, or
 * with ERR_INTERRUPTED after Ctrl-C; times of questions not asked are left. */
NODISCARD Status timed_pass(TimedAsk *ask, void *self, size_t count,
                            TimedClock *clock, int64_t *ns, Error *error);

/* The text of the manifest. */
#define TIMED_IN_PROCESS                                                    \
    "parsing the query, planning and searching, to the list of docids and " \
    "scores or the count; not opening the index, ids or output"
#define TIMED_OVER_PIPE                                                        \
    "from before the question is written to the pipe until the whole line of " \
    "the answer is read"

#endif
