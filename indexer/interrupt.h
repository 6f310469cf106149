/* interrupt.h - Ctrl-C, SIGTERM and SIGHUP while an index is built.
 *
 * A build looks at interrupt_seen where it can stop and clean up by itself.
 * Not everything looks often enough (one huge record, a sort, a sync, a read
 * from a pipe that brings nothing): what has not stopped half a second later
 * is ended from outside, and the claimed folder is left as it was before. So
 * the prompt is back within a second, whatever is in work. A second signal
 * waits no longer. A signal that was ignored when the program started stays
 * ignored.
 */
#ifndef QUERN_INDEXER_INTERRUPT_H
#define QUERN_INDEXER_INTERRUPT_H

#include "indexer/build/index_folder.h"

#include <pthread.h>
#include <stdatomic.h>

enum { EXIT_INTERRUPTED = 130 };

typedef struct Interrupt {
    atomic_bool seen;
    pthread_mutex_t mutex;
    IndexFolder *folder; /* borrowed; guarded by mutex: what may be undone */
} Interrupt;

/* Watches from here to the end of the program, and has SIGPIPE ignored; call it
 * before other threads start. */
NODISCARD Status interrupt_start(Interrupt *interrupt, Error *error);

/* NULL is fine: never. */
static inline bool interrupt_seen(const Interrupt *interrupt)
{
    return interrupt && atomic_load(&interrupt->seen);
}

/* ERR_INTERRUPTED if there was a signal. */
NODISCARD Status interrupt_check(const Interrupt *interrupt, Error *error);

/* What is to be abandoned if the program must end; NULL from the moment on in
 * which the new index takes the place of the old. */
void interrupt_cover(Interrupt *interrupt, IndexFolder *folder);

#endif
