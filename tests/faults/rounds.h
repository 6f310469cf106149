/* rounds.h - one program, many rounds: in each another call fails.
 *
 * A round is good if it ends as the program's manual says: with the answer
 * that it gives when nothing fails, or with status 2 and a word about why.
 */
#ifndef QUERN_FAULTS_ROUNDS_H
#define QUERN_FAULTS_ROUNDS_H

#include "tests/support/child.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Trial {
    const char *name;
    ChildFunction *run;
    void *self; /* of run and check */
    /* After each round and one without faults: whether the world is as it
     * should be; else a word about it on standard error. NULL: any world is. */
    bool (*check)(void *self, bool succeeded);
} Trial;

typedef struct Tally {
    uint64_t points; /* rounds in which a call was made to fail */
    uint64_t bad;
} Tally;

/* All kinds of calls, each alone and with all after it. Every call has its
 * turn if QUERN_LONG is set in the environment, else an even choice of them. */
void rounds_run(const Trial *trial, Tally *tally);

#endif
