/* map_guard.c - reports a mapped file that is truncated while in use.
 *
 * A signal handler takes no argument of ours, so the maps are in a global
 * table. All writes to it are atomic; the handler only reads it and calls
 * async-signal-safe functions (write, _exit, sigaction).
 */
#include "common/base/map_guard.h"

#include "common/base/character.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MAX_MAPS = 256, EXIT_DAMAGED = 2 };

typedef struct GuardedMap {
    _Atomic(const char *) path;     /* NULL: the slot is free */
    _Atomic(const uint8_t *) start; /* NULL: the slot is not ready */
    _Atomic size_t size;
} GuardedMap;

static GuardedMap maps[MAX_MAPS];
static const char *program_name;

void map_guard_add(const char *path, Span bytes)
{
    if (bytes.size == 0) return;
    for (int i = 0; i < MAX_MAPS; i++) {
        const char *free_place = NULL;
        if (!atomic_compare_exchange_strong(&maps[i].path, &free_place, path)) {
            continue;
        }
        atomic_store(&maps[i].size, bytes.size);
        atomic_store(&maps[i].start, bytes.data);
        return;
    }
}

void map_guard_remove(Span bytes)
{
    if (bytes.size == 0) return;
    for (int i = 0; i < MAX_MAPS; i++) {
        if (atomic_load(&maps[i].start) != bytes.data) continue;
        atomic_store(&maps[i].start, NULL);
        atomic_store(&maps[i].path, NULL);
        return;
    }
}

/* The path of the map that contains the address, or a generic name. */
static const char *path_of(const uint8_t *address)
{
    for (int i = 0; i < MAX_MAPS; i++) {
        const uint8_t *start = atomic_load(&maps[i].start);
        size_t size = atomic_load(&maps[i].size);
        if (start && address >= start && (size_t)(address - start) < size) {
            return atomic_load(&maps[i].path);
        }
    }
    return "a mapped file";
}

static void say_bytes(Span bytes)
{
    ssize_t written = write(STDERR_FILENO, bytes.data, bytes.size);
    (void)written; /* nothing is left to be done about it */
}

/* Control characters of a path are question marks. */
static void say(const char *text)
{
    for (Span rest = span_text(text); rest.size;) {
        Span character = span_of(rest.data, character_size(rest));
        bool hidden = *character.data != '\n' &&
                      character_is_control(character.data, character.size);
        say_bytes(hidden ? span_text("?") : character);
        rest = span_of(rest.data + character.size, rest.size - character.size);
    }
}

static void handle_bus_error(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (info->si_code != BUS_ADRERR) { /* a bug, not a truncated file: crash */
        struct sigaction action = {.sa_handler = SIG_DFL};
        sigaction(number, &action, NULL);
        return;
    }
    say(program_name);
    say(": ");
    say(path_of(info->si_addr));
    say(": truncated while in use\n");
    _exit(EXIT_DAMAGED);
}

void map_guard_install(const char *program)
{
    program_name = program;
    struct sigaction action = {.sa_sigaction = handle_bus_error,
                               .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}
