/* interrupt.c - Ctrl-C, SIGTERM and SIGHUP while an index is built. */
#include "indexer/interrupt.h"

#include "common/program/log.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

static const char interrupted[] = "interrupted; no index was written";

enum { PATIENCE_MILLISECONDS = 500, LOOK_MILLISECONDS = 50 };

/* Those that were ignored at the start (nohup, a job of a script) stay so. */
static void wanted_signals(sigset_t *set)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    sigemptyset(set);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct sigaction action;
        bool ignored = !sigaction(ends[i], NULL, &action) &&
                       action.sa_handler == SIG_IGN;
        if (!ignored) sigaddset(set, ends[i]);
    }
}

/* Ends the program if there is something to abandon. The mutex is kept, so
 * that the build cannot publish any more what is being removed. */
static void end_program(Interrupt *interrupt)
{
    pthread_mutex_lock(&interrupt->mutex);
    if (interrupt->folder) {
        index_folder_abandon(interrupt->folder);
        Error error;
        fail(&error, ERR_INTERRUPTED, interrupted);
        index_folder_note_kept(interrupt->folder, &error);
        log_error("%s", error.message);
        _exit(EXIT_INTERRUPTED);
    }
    pthread_mutex_unlock(&interrupt->mutex);
}

static void *watch(void *argument)
{
    Interrupt *interrupt = argument;
    sigset_t set;
    int number;
    wanted_signals(&set);
    sigwait(&set, &number);
    atomic_store(&interrupt->seen, true);
    struct timespec patience = {.tv_nsec = PATIENCE_MILLISECONDS * 1000000L};
    for (;;) {
        sigtimedwait(&set, NULL, &patience); /* or a second signal */
        end_program(interrupt);
        patience.tv_nsec = LOOK_MILLISECONDS * 1000000L;
    }
    return NULL;
}

Status interrupt_start(Interrupt *interrupt, Error *error)
{
    sigset_t set;
    pthread_t thread;
    pthread_mutex_init(&interrupt->mutex, NULL);
    /* A reader of messages that goes away is no reason to leave half an index.
     */
    signal(SIGPIPE, SIG_IGN);
    wanted_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (pthread_create(&thread, NULL, watch, interrupt) != 0)
        return fail(error, ERR_IO, "cannot start a thread");
    pthread_detach(thread);
    return OK;
}

Status interrupt_check(const Interrupt *interrupt, Error *error)
{
    if (!interrupt_seen(interrupt)) return OK;
    return fail(error, ERR_INTERRUPTED, interrupted);
}

void interrupt_cover(Interrupt *interrupt, IndexFolder *folder)
{
    if (!interrupt) return;
    pthread_mutex_lock(&interrupt->mutex);
    interrupt->folder = folder;
    pthread_mutex_unlock(&interrupt->mutex);
}
