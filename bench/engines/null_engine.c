/* null_engine.c - an engine that answers at once. */
#include "bench/engines/null_engine.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void null_engine_serve(void)
{
    char buffer[65536];
    for (;;) {
        ssize_t got = read(STDIN_FILENO, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        /* The asker waits for each answer, so a read ends with its line,
         * except for a line longer than the buffer. */
        if (buffer[got - 1] != '\n') continue;
        if (write(STDOUT_FILENO, "1\n", 2) != 2) return;
    }
}
