/* engine_process.c - an engine as a child process: starting and asking. */
#define _GNU_SOURCE /* pipe2, memfd_create */
#include "bench/engines/engine_process.h"

#include "bench/engines/null_engine.h"
#include "bench/engines/stop_signal.h"
#include "common/base/clock.h"
#include "common/base/plain_text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READ_BYTES = 65536, FIRST_ANSWER_FACTOR = 10, QUOTED_BYTES = 200 };
enum { END_WAITS = 100, END_WAIT_MS = 10, EXIT_NO_PROGRAM = 127 };

static void wait_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

/* In the child: never returns. */
static void become_engine(const EngineStart *start, int in, int out, int errors)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    if (!start->arguments) {
        null_engine_serve();
        _exit(0);
    }
    execvp(start->arguments[0], (char *const *)(uintptr_t)start->arguments);
    dprintf(STDERR_FILENO, "cannot run %s: %s\n", start->arguments[0],
            strerror(errno));
    _exit(EXIT_NO_PROGRAM);
}

static void close_all(const int *fds, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fds[i] >= 0) close(fds[i]);
    }
}

Status engine_start(EngineProcess *engine, const EngineStart *start,
                    Error *error)
{
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    Buf answer = engine->answer; /* of an earlier launch */
    *engine = (EngineProcess){.start = *start, .answer = answer};
    engine->errors = memfd_create("engine messages", MFD_CLOEXEC);
    engine->started = clock_ns();
    if (engine->errors < 0 || pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC) ||
        (engine->pid = fork()) < 0) {
        Status status = fail_errno(error, "cannot start engine '%s'",
                                   start->name);
        close_all((int[]){to[0], to[1], from[0], from[1], engine->errors}, 5);
        engine->pid = 0;
        return status;
    }
    if (engine->pid == 0) become_engine(start, to[0], from[1], engine->errors);
    setpgid(engine->pid, engine->pid);
    close_all((int[]){to[0], from[1]}, 2);
    engine->in = to[1];
    engine->out = from[0];
    fcntl(engine->out, F_SETFL, O_NONBLOCK);
    return OK;
}

/* The last line of its standard error, for a message: "; it printed: ...". */
static void put_last_words(const EngineProcess *engine, Buf *out)
{
    char text[4096];
    off_t size = lseek(engine->errors, 0, SEEK_END);
    off_t from = size > (off_t)sizeof text ? size - (off_t)sizeof text : 0;
    ssize_t got = size > 0 ? pread(engine->errors, text, sizeof text, from) : 0;
    while (got > 0 && text[got - 1] == '\n') got--;
    if (got <= 0) return;
    ssize_t start = got;
    while (start > 0 && text[start - 1] != '\n') start--;
    size_t shown = (size_t)(got - start);
    if (shown > QUOTED_BYTES) shown = QUOTED_BYTES;
    buf_put_text(out, "; it printed: ");
    put_visible(out, span_of(text + start, shown));
}

/* The question, cut to what a message can hold. */
static int shown_size(Span line)
{
    size_t size = line.size;
    if (size && line.data[size - 1] == '\n') size--;
    return (int)(size < QUOTED_BYTES ? size : QUOTED_BYTES);
}

static Status fail_engine(EngineProcess *engine, Span line, const char *what,
                          Error *error)
{
    Buf words = {0};
    put_last_words(engine, &words);
    const char *last = buf_text(&words);
    Status status = fail(error, ERR_IO, "engine '%s' %s, asked: %.*s%s",
                         engine->start.name, what, shown_size(line),
                         (const char *)line.data, last ? last : "");
    buf_release(&words);
    return status;
}

/* Its output has ended: says how it did. */
static Status fail_ended(EngineProcess *engine, Span line, Error *error)
{
    char what[80];
    int status = 0;
    pid_t got = 0;
    for (int i = 0; i < END_WAITS && got == 0; i++) {
        got = waitpid(engine->pid, &status, WNOHANG);
        if (got == 0) wait_ms(END_WAIT_MS);
    }
    if (got == engine->pid) engine->pid = -engine->pid;
    if (got <= 0) {
        snprintf(what, sizeof what, "closed its output");
    } else if (WIFSIGNALED(status)) {
        snprintf(what, sizeof what, "was killed by signal %d",
                 WTERMSIG(status));
    } else {
        snprintf(what, sizeof what, "ended with status %d instead of answering",
                 WEXITSTATUS(status));
    }
    return fail_engine(engine, line, what, error);
}

static Status fail_silent(EngineProcess *engine, Span line, double seconds,
                          Error *error)
{
    char what[80];
    snprintf(what, sizeof what, "gave no answer within %g s (--timeout)",
             seconds);
    return fail_engine(engine, line, what, error);
}

/* Reads until the answer's line feed. */
static Status read_answer(EngineProcess *engine, Span line, int64_t began,
                          Error *error)
{
    double seconds = engine->start.timeout *
                     (engine->has_answered ? 1 : FIRST_ANSWER_FACTOR);
    int64_t limit = began + (int64_t)(seconds * 1e9);
    Buf *answer = &engine->answer;
    for (;;) {
        struct pollfd wanted = {.fd = engine->out, .events = POLLIN};
        int ready = poll(&wanted, 1, (int)(seconds * 1000));
        if (stop_signal_seen()) return stop_signal_fail(error);
        uint8_t *room = buf_reserve(answer, READ_BYTES);
        if (!room) return fail_memory(error, "reading an answer");
        ssize_t got = ready > 0 ? read(engine->out, room, READ_BYTES) : -1;
        if (got == 0) return fail_ended(engine, line, error);
        if (got > 0) answer->size += (size_t)got;
        if (got > 0 && room[got - 1] == '\n') return OK;
        if (clock_ns() > limit)
            return fail_silent(engine, line, seconds, error);
    }
}

/* What an engine wrote that nobody asked for. */
static bool has_leftover(EngineProcess *engine)
{
    char byte;
    return read(engine->out, &byte, 1) > 0;
}

Status engine_ask(EngineProcess *engine, Span line, Span *answer, int64_t *ns,
                  Error *error)
{
    *answer = (Span){0};
    *ns = 0;
    if (stop_signal_seen()) return stop_signal_fail(error);
    if (has_leftover(engine))
        return fail_engine(engine, line, "wrote more than one line an answer",
                           error);
    buf_clear(&engine->answer);
    int64_t began = clock_ns();
    ssize_t sent = write(engine->in, line.data, line.size);
    if (sent != (ssize_t)line.size) {
        return stop_signal_seen() ? stop_signal_fail(error)
                                  : fail_ended(engine, line, error);
    }
    Status status = read_answer(engine, line, began, error);
    if (status != OK) return status;
    *ns = clock_ns() - began;
    engine->has_answered = true;
    *answer = span_of(engine->answer.data, engine->answer.size - 1);
    if (memchr(answer->data, '\n', answer->size))
        return fail_engine(engine, line, "answered with more than one line",
                           error);
    return OK;
}

void engine_stop(EngineProcess *engine)
{
    if (engine->start.name == NULL) return;
    close_all((int[]){engine->in, engine->out}, 2);
    for (int i = 0; engine->pid > 0 && i < END_WAITS; i++) {
        pid_t got = waitpid(engine->pid, NULL, WNOHANG);
        if (got != 0) engine->pid = -engine->pid;
        if (got == 0) wait_ms(END_WAIT_MS);
    }
    pid_t group = engine->pid > 0 ? engine->pid : -engine->pid;
    kill(-group, SIGKILL); /* itself, or what it left */
    if (engine->pid > 0) waitpid(engine->pid, NULL, 0);
    close(engine->errors);
    buf_release(&engine->answer);
    *engine = (EngineProcess){0};
}
