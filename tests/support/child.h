/* child.h - runs a function in a process of its own and keeps what it said.
 *
 * Whatever happens to the child is seen: a crash, a sanitizer's report (status
 * CHILD_SANITIZER, leaks at its exit included), a hang (it is ended after
 * CHILD_SECONDS, by SIGALRM).
 */
#ifndef QUERN_SUPPORT_CHILD_H
#define QUERN_SUPPORT_CHILD_H

#include "common/base/buf.h"

enum { CHILD_SANITIZER = 99, CHILD_SECONDS = 120 };

typedef struct Child {
    int code;   /* exit status, or -1 */
    int signal; /* that ended it, or 0 */
    Buf out, err;
} Child;

/* Returns an exit status. */
typedef int ChildFunction(void *self);

/* Start with {0}; may be used again. If the child cannot be started or its
 * words not kept, the test ends: there is nothing to be tested. */
void child_run(Child *child, ChildFunction *function, void *self);
void child_release(Child *child);

/* Takes the times out of JSON in `out`, since they differ from run to run. */
void child_blank_times(Child *child);

/* Fewer checks for more speed: children do not look for leaks at exit. */
void child_ignore_leaks(void);

#endif
