/* stop_signal.c - Ctrl-C ends the measuring, not the program. */
#include "bench/engines/stop_signal.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t seen;

static void remember(int number)
{
    (void)number;
    seen = 1;
}

void stop_signal_watch(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    /* Without SA_RESTART, so that a wait for an answer ends. */
    struct sigaction action = {.sa_handler = remember,
                               .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct sigaction old;
        bool ignored = !sigaction(ends[i], NULL, &old) &&
                       old.sa_handler == SIG_IGN;
        if (!ignored) sigaction(ends[i], &action, NULL);
    }
}

bool stop_signal_seen(void)
{
    return seen != 0;
}

Status stop_signal_fail(Error *error)
{
    return fail(error, ERR_INTERRUPTED, "interrupted");
}
