/* level_process.c - this program, started again on one instruction set. */
#include "bench/verify/level_process.h"

#include "common/base/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* The limit of what a broken child can make us allocate. */
enum { MAX_RECORD_BYTES = 1 << 30 };

/* In the child: never returns. */
static void run_child(CpuLevel level, int out, char *const *arguments)
{
    if (setenv("QUERN_CPU", cpu_level_name(level), 1) == 0 &&
        dup2(out, STDOUT_FILENO) >= 0)
        execv("/proc/self/exe", arguments);
    _exit(127);
}

Status level_process_start(LevelProcess *process, CpuLevel level,
                           char *const *arguments, Error *error)
{
    int ends[2];
    *process = (LevelProcess){.level = level, .fd = -1};
    if (pipe(ends)) return fail_errno(error, "cannot make a pipe");
    /* Processes that are started later do not inherit them. */
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) run_child(level, ends[1], arguments);
    close(ends[1]);
    process->fd = ends[0];
    if (pid < 0) return fail_errno(error, "cannot start a process");
    process->pid = pid;
    return OK;
}

static Status fail_ended(LevelProcess *process, Error *error)
{
    int state = 0;
    waitpid(process->pid, &state, 0);
    process->pid = 0;
    const char *name = cpu_level_name(process->level);
    if (WIFSIGNALED(state)) {
        return fail(error, ERR_IO,
                    "the process with QUERN_CPU=%s ended with signal %d", name,
                    WTERMSIG(state));
    }
    return fail(error, ERR_IO,
                "the process with QUERN_CPU=%s failed with status %d; see its "
                "message above",
                name, WEXITSTATUS(state));
}

static Status read_bytes(LevelProcess *process, void *out, size_t size,
                         Error *error)
{
    for (uint8_t *at = out; size;) {
        ssize_t got = read(process->fd, at, size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_errno(error, "cannot read answers");
        if (got == 0) return fail_ended(process, error);
        at += got;
        size -= (size_t)got;
    }
    return OK;
}

Status level_process_read(LevelProcess *process, Error *error)
{
    uint8_t bytes[4];
    Status status = read_bytes(process, bytes, sizeof bytes, error);
    if (status != OK) return status;
    uint32_t size = get_u32le(bytes);
    buf_clear(&process->record);
    uint8_t *room = size <= MAX_RECORD_BYTES
                        ? buf_reserve(&process->record, size)
                        : NULL;
    if (!room) return fail_memory(error, "reading answers");
    status = read_bytes(process, room, size, error);
    if (status == OK) process->record.size = size;
    return status;
}

void level_process_stop(LevelProcess *process)
{
    if (process->pid > 0) {
        close(process->fd); /* one that still writes ends by SIGPIPE */
        kill(process->pid, SIGTERM);
        waitpid(process->pid, NULL, 0);
    } else if (process->fd > 0) {
        close(process->fd);
    }
    buf_release(&process->record);
    *process = (LevelProcess){.fd = -1};
}
