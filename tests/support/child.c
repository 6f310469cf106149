/* child.c - runs a function in a child process and captures its output. */
#define _GNU_SOURCE /* memfd_create */
#include "tests/support/child.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER 1
#endif
#elif defined __SANITIZE_ADDRESS__
#define HAS_ADDRESS_SANITIZER 1
#endif

static bool ignores_leaks;

#ifdef HAS_ADDRESS_SANITIZER
/* The sanitizers look these up by name. */
const char *__asan_default_options(void);
const char *__lsan_default_options(void);
const char *__ubsan_default_options(void);
void __lsan_do_leak_check(void);

__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
    return "exitcode=99:allocator_may_return_null=1";
}

__attribute__((visibility("default"))) const char *__lsan_default_options(void)
{
    return "exitcode=99";
}

__attribute__((visibility("default"))) const char *__ubsan_default_options(void)
{
    return "exitcode=99:print_stacktrace=1";
}
#endif

void child_ignore_leaks(void)
{
    ignores_leaks = true;
}

static void give_up(const char *what)
{
    perror(what);
    exit(3);
}

static int new_file(void)
{
    int fd = memfd_create("child", MFD_CLOEXEC);
    if (fd < 0) give_up("memfd_create");
    return fd;
}

static void run_in_child(ChildFunction *function, void *self, int out, int err)
{
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0) {
        _exit(3);
    }
    alarm(CHILD_SECONDS);
    int code = function(self);
    if (!ignores_leaks) exit(code); /* the sanitizer looks for leaks in here */
    fflush(stdout);
    _exit(code);
}

static void take_words(int fd, Buf *words)
{
    uint8_t piece[4096];
    ssize_t size;
    off_t at = 0;
    buf_clear(words);
    while ((size = pread(fd, piece, sizeof piece, at)) > 0) {
        buf_put(words, piece, (size_t)size);
        at += size;
    }
    if (size < 0 || words->status != OK) give_up("reading a child's words");
    close(fd);
}

void child_run(Child *child, ChildFunction *function, void *self)
{
    int out = new_file(), err = new_file(), state;
    fflush(stdout); /* or both processes would write what is still buffered */
    pid_t process = fork();
    if (process < 0) give_up("fork");
    if (process == 0) run_in_child(function, self, out, err);
    if (waitpid(process, &state, 0) != process) give_up("waitpid");
    child->code = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
    child->signal = WIFSIGNALED(state) ? WTERMSIG(state) : 0;
    take_words(out, &child->out);
    take_words(err, &child->err);
}

void child_blank_times(Child *child)
{
    static const char KEY[] = "\"elapsed_us\":";
    Buf *text = &child->out;
    const char *from = buf_text(text);
    for (char *at = (char *)(uintptr_t)from; at && (at = strstr(at, KEY));) {
        at += strlen(KEY);
        while (*at >= '0' && *at <= '9') *at++ = ' ';
        size_t rest = text->size - (size_t)(at - from);
        char *end = at;
        while (at[-1] == ' ') at--;
        memmove(at, end, rest + 1);
        text->size -= (size_t)(end - at);
    }
}

void child_release(Child *child)
{
    buf_release(&child->out);
    buf_release(&child->err);
}
