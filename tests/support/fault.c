/* fault.c - wrappers of system calls that can be made to fail.
 *
 * The linker redirects every call of NAME in our objects to __wrap_NAME;
 * __real_NAME is the original (ld --wrap). Names end in 64 where the headers
 * redefine them so.
 */
#include "tests/support/fault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

const char *const FAULT_NAMES[FAULT_KINDS] = {
    "memory", "open", "read", "write", "sync", "rename", "map", "thread"};

typedef struct Plan {
    _Atomic bool met;
    FaultKind kind;
    bool lasting;
    uint64_t number;
    _Atomic uint64_t calls;
} Plan;

static Plan *plan; /* shared with children */
static _Atomic bool started;

/* These names are required by the linker. */
#define WRAP(type, name, ...)        \
    type __real_##name(__VA_ARGS__); \
    type __wrap_##name(__VA_ARGS__); \
    type __wrap_##name(__VA_ARGS__)

WRAP(void *, mmap64, void *at, size_t size, int access, int flags, int fd,
     off_t offset);

void fault_plan(FaultKind kind, uint64_t number, bool lasting)
{
    if (!plan) {
        plan = __real_mmap64(NULL, sizeof *plan, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (plan == MAP_FAILED) abort();
    }
    plan->kind = kind;
    plan->number = number;
    plan->lasting = lasting;
    plan->met = false;
    plan->calls = 0;
}

void fault_start(void)
{
    started = true;
}

void fault_stop(void)
{
    started = false;
}

uint64_t fault_calls(void)
{
    return plan->calls;
}

bool fault_met(void)
{
    return plan->met;
}

/* Whether this call is to fail. */
static bool fails(FaultKind kind, int cause)
{
    if (!started || plan->kind != kind) return false;
    uint64_t call = ++plan->calls;
    if (!plan->number || call < plan->number) return false;
    if (call > plan->number && !plan->lasting) return false;
    plan->met = true;
    errno = cause;
    return true;
}

/* Memory */

WRAP(void *, malloc, size_t size)
{
    return fails(FAULT_MEMORY, ENOMEM) ? NULL : __real_malloc(size);
}

WRAP(void *, calloc, size_t count, size_t size)
{
    return fails(FAULT_MEMORY, ENOMEM) ? NULL : __real_calloc(count, size);
}

WRAP(void *, realloc, void *old, size_t size)
{
    return fails(FAULT_MEMORY, ENOMEM) ? NULL : __real_realloc(old, size);
}

WRAP(void *, aligned_alloc, size_t alignment, size_t size)
{
    return fails(FAULT_MEMORY, ENOMEM) ? NULL
                                       : __real_aligned_alloc(alignment, size);
}

WRAP(char *, strdup, const char *text)
{
    return fails(FAULT_MEMORY, ENOMEM) ? NULL : __real_strdup(text);
}

WRAP(void *, mmap64, void *at, size_t size, int access, int flags, int fd,
     off_t offset)
{
    if (fails(FAULT_MAP, ENOMEM)) return MAP_FAILED;
    return __real_mmap64(at, size, access, flags, fd, offset);
}

/* Files */

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = va_arg(arguments, unsigned);
    va_end(arguments);
    return fails(FAULT_OPEN, EMFILE) ? -1 : __real_open64(path, flags, mode);
}

WRAP(FILE *, fopen64, const char *path, const char *how)
{
    return fails(FAULT_OPEN, EMFILE) ? NULL : __real_fopen64(path, how);
}

int __real_openat64(int folder, const char *path, int flags, ...);
int __wrap_openat64(int folder, const char *path, int flags, ...);
int __wrap_openat64(int folder, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = va_arg(arguments, unsigned);
    va_end(arguments);
    return fails(FAULT_OPEN, EMFILE)
               ? -1
               : __real_openat64(folder, path, flags, mode);
}

WRAP(DIR *, opendir, const char *path)
{
    return fails(FAULT_OPEN, EMFILE) ? NULL : __real_opendir(path);
}

WRAP(DIR *, fdopendir, int fd)
{
    return fails(FAULT_OPEN, ENOMEM) ? NULL : __real_fdopendir(fd);
}

WRAP(int, mkdir, const char *path, mode_t mode)
{
    return fails(FAULT_OPEN, ENOSPC) ? -1 : __real_mkdir(path, mode);
}

WRAP(ssize_t, read, int fd, void *out, size_t size)
{
    return fails(FAULT_READ, EIO) ? -1 : __real_read(fd, out, size);
}

WRAP(ssize_t, pread64, int fd, void *out, size_t size, off_t offset)
{
    return fails(FAULT_READ, EIO) ? -1 : __real_pread64(fd, out, size, offset);
}

WRAP(ssize_t, write, int fd, const void *bytes, size_t size)
{
    if (fd != STDERR_FILENO && fails(FAULT_WRITE, ENOSPC)) return -1;
    return __real_write(fd, bytes, size);
}

WRAP(ssize_t, pwrite64, int fd, const void *bytes, size_t size, off_t offset)
{
    if (fails(FAULT_WRITE, ENOSPC)) return -1;
    return __real_pwrite64(fd, bytes, size, offset);
}

WRAP(size_t, fwrite, const void *bytes, size_t size, size_t count, FILE *file)
{
    if (fails(FAULT_WRITE, ENOSPC)) return 0;
    return __real_fwrite(bytes, size, count, file);
}

WRAP(int, fsync, int fd)
{
    return fails(FAULT_SYNC, EIO) ? -1 : __real_fsync(fd);
}

WRAP(int, fchmod, int fd, mode_t mode)
{
    return fails(FAULT_RENAME, EPERM) ? -1 : __real_fchmod(fd, mode);
}

WRAP(int, renameat, int from_folder, const char *from, int to_folder,
     const char *to)
{
    if (fails(FAULT_RENAME, EIO)) return -1;
    return __real_renameat(from_folder, from, to_folder, to);
}

/* Threads */

WRAP(int, pthread_create, pthread_t *thread, const pthread_attr_t *attributes,
     void *(*run)(void *), void *argument)
{
    if (fails(FAULT_THREAD, EAGAIN)) return EAGAIN;
    return __real_pthread_create(thread, attributes, run, argument);
}
