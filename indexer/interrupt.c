/* interrupt.c - Ctrl-C, SIGTERM and SIGHUP while an index is built. */
#include "indexer/interrupt.h"

#include "common/program/advice_words.h"
#include "indexer/build/build_listener.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MILLISECONDS = 500, RETRY_MILLISECONDS = 50 };

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

/* Ends the program if a folder is to be abandoned. The mutex stays locked, so
 * that the build cannot publish what is being removed. */
static void end_program(Interrupt *interrupt)
{
    pthread_mutex_lock(&interrupt->mutex);
    if (interrupt->folder) {
        index_folder_abandon(interrupt->folder);
        Error error;
        (void)build_fail_cancelled(&error);
        index_folder_note_kept(interrupt->folder, &error);
        log_failure(&error);
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
        patience.tv_nsec = RETRY_MILLISECONDS * 1000000L;
    }
    return NULL;
}

Status interrupt_start(Interrupt *interrupt, Error *error)
{
    sigset_t set;
    pthread_t thread;
    pthread_mutex_init(&interrupt->mutex, NULL);
    /* A closed pipe of messages must not leave half an index. */
    signal(SIGPIPE, SIG_IGN);
    wanted_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (pthread_create(&thread, NULL, watch, interrupt) != 0)
        return fail(error, ERR_IO, "cannot start a thread");
    pthread_detach(thread);
    return OK;
}

void interrupt_cover(Interrupt *interrupt, IndexFolder *folder)
{
    pthread_mutex_lock(&interrupt->mutex);
    interrupt->folder = folder;
    pthread_mutex_unlock(&interrupt->mutex);
}
