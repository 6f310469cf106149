/* engine_facts.c - what a running engine shows of itself: its messages, and
 * whether it compiles as it runs. */
#include "bench/engines/engine_process.h"

#include "common/base/plain_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

size_t engine_messages(const EngineProcess *engine, Buf *first)
{
    char text[4096];
    size_t lines = 0;
    off_t at = 0;
    ssize_t got;
    while ((got = pread(engine->errors, text, sizeof text, at)) > 0) {
        const char *end = memchr(text, '\n', (size_t)got);
        if (at == 0)
            put_visible(
                first, span_of(text, end ? (size_t)(end - text) : (size_t)got));
        for (ssize_t i = 0; i < got; i++) lines += text[i] == '\n';
        at += got;
    }
    return lines;
}

static bool maps_compiler(pid_t pid)
{
    static const char *const names[] = {
        "libjvm.so", "libcoreclr.so", "libnode.so", "bin/node",
        "libpypy",   "libluajit",     "libv8"};
    char path[64], *line = NULL;
    size_t room = 0;
    bool found = false;
    snprintf(path, sizeof path, "/proc/%ld/maps", (long)pid);
    FILE *maps = fopen(path, "r");
    while (maps && !found && getline(&line, &room, maps) > 0) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            found |= strstr(line, names[i]) != NULL;
    }
    free(line);
    if (maps) fclose(maps);
    return found;
}

/* Appends the children of a process. */
static void put_children(pid_t pid, Buf *out)
{
    char path[96];
    long child;
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)pid,
             (long)pid);
    FILE *file = fopen(path, "r");
    while (file && fscanf(file, "%ld", &child) == 1) {
        pid_t found = (pid_t)child;
        buf_put(out, &found, sizeof found);
    }
    if (file) fclose(file);
}

bool engine_compiles(const EngineProcess *engine)
{
    Buf pids = {0};
    bool found = false;
    if (engine->pid > 0) buf_put(&pids, &engine->pid, sizeof(pid_t));
    for (size_t at = 0; !found && at < pids.size; at += sizeof(pid_t)) {
        pid_t pid;
        memcpy(&pid, pids.data + at, sizeof pid);
        found = maps_compiler(pid);
        put_children(pid, &pids);
    }
    buf_release(&pids);
    return found;
}
