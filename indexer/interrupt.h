/* interrupt.h - Ctrl-C, SIGTERM and SIGHUP while an index is built.
 *
 * A build checks interrupt_seen where it can stop and clean up by itself. Not
 * everything checks often enough (one huge record, a sort, a sync, a read from
 * a silent pipe): a build that has not stopped after half a second is ended
 * from outside, and the claimed folder is restored. So the prompt is back
 * within a second. A second signal ends it at once. A signal that was ignored
 * when the program started stays ignored.
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
    IndexFolder *folder; /* borrowed; guarded by mutex: to be abandoned */
} Interrupt;

/* Watches until the program ends, and ignores SIGPIPE; to be called before
 * other threads start. */
NODISCARD Status interrupt_start(Interrupt *interrupt, Error *error);

static inline bool interrupt_seen(const Interrupt *interrupt)
{
    return atomic_load(&interrupt->seen);
}

/* The folder to abandon if the program must end; NULL before the new index
 * replaces the old one. */
void interrupt_cover(Interrupt *interrupt, IndexFolder *folder);

#endif
