/* child.h - runs a function in a child process and captures its output.
 *
 * Detects a crash, a report of a sanitizer (status CHILD_SANITIZER, including
 * leaks at exit), and a hang (the child is ended by SIGALRM after
 * CHILD_SECONDS).
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

/* Start with {0}; can be reused. If the child cannot be started or its output
 * not captured, the test ends. */
void child_run(Child *child, ChildFunction *function, void *self);
void child_release(Child *child);

/* Replaces the times of JSON in `out`, since they differ from run to run. */
void child_blank_times(Child *child);

/* Faster, with fewer checks: children do not look for leaks at exit. */
void child_ignore_leaks(void);

#endif
