/* busy_wait.c - makes an engine slower by a known share.
 *
 *   cc -shared -fPIC -o busy_wait.so busy_wait.c
 *   BUSY_PERCENT=5 LD_PRELOAD=./busy_wait.so searcher --serve -i INDEX
 *
 * Before each write to standard output it waits, awake, for that share of the
 * time since the last read from standard input returned.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int64_t asked;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

ssize_t read(int fd, void *bytes, size_t size)
{
    ssize_t got = syscall(SYS_read, fd, bytes, size);
    if (fd == STDIN_FILENO) asked = now();
    return got;
}

/* What read becomes under _FORTIFY_SOURCE. */
ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room);
ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room)
{
    return read(fd, bytes, size < room ? size : room);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    const char *percent = getenv("BUSY_PERCENT");
    if (fd == STDOUT_FILENO && asked && percent) {
        int64_t answered = now();
        int64_t until = answered + (answered - asked) * atoi(percent) / 100;
        while (now() < until) continue;
    }
    return syscall(SYS_write, fd, bytes, size);
}
