/* spool.c - an append-only temporary store: memory first, then a file. */
#include "common/base/spool.h"

#include "common/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Once there is a file, memory is only a write buffer of this size. */
enum {
    WRITE_BYTES = 1 << 20,
    MAX_NAMES = 10000 /* tried for a file */
};

void spool_init(Spool *spool, const char *folder, size_t limit)
{
    *spool = (Spool){.folder = folder, .limit = limit, .fd = -1};
}

void spool_release(Spool *spool)
{
    if (spool->fd >= 0) close(spool->fd);
    buf_release(&spool->memory);
    spool->fd = -1;
    spool->file_size = 0;
}

static void keep_failure(Spool *spool, Status status)
{
    spool->status = status;
    buf_release(&spool->memory);
}

/* An unnamed file: it is unlinked at once. Several threads may do this at the
 * same time, so a name may briefly be taken. A spill-N.tmp that stays is
 * removed by the next writer. */
static int open_unnamed(const char *folder)
{
    int fd = -1;
    errno = EEXIST;
    for (long number = getpid(), tries = 0;
         fd < 0 && errno == EEXIST && tries < MAX_NAMES; number++, tries++) {
        Buf path = {0};
        buf_printf(&path, "%s/spill-%ld.tmp", folder, number);
        const char *name = buf_text(&path);
        errno = ENOMEM;
        if (name) fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd >= 0) unlink(name);
        int cause = errno;
        buf_release(&path);
        errno = cause;
    }
    return fd;
}

static void move_to_file(Spool *spool)
{
    if (spool->fd < 0) {
        spool->fd = open_unnamed(spool->folder);
        if (spool->fd < 0) {
            keep_failure(spool, fail_errno(&spool->error,
                                           "cannot make a temporary file in "
                                           "'%s'",
                                           spool->folder));
            return;
        }
        if (spool->limit > WRITE_BYTES) spool->limit = WRITE_BYTES;
    }
    if (!file_write_all(spool->fd, buf_span(&spool->memory))) {
        keep_failure(spool, fail_errno(&spool->error,
                                       "cannot write a temporary file in '%s'",
                                       spool->folder));
        return;
    }
    spool->file_size += spool->memory.size;
    spool->memory.size = 0;
    if (spool->memory.capacity > 2 * WRITE_BYTES) buf_release(&spool->memory);
}

void spool_put(Spool *spool, const void *bytes, size_t size)
{
    if (spool->status != OK) return;
    if (spool->memory.size && size > spool->limit - spool->memory.size)
        move_to_file(spool);
    if (spool->status != OK) return;
    buf_put(&spool->memory, bytes, size);
    if (spool->memory.status != OK) {
        keep_failure(spool, fail_memory(&spool->error, "keeping index data"));
        return;
    }
    if (spool->memory.size > spool->limit) move_to_file(spool);
}

void spool_align(Spool *spool, size_t alignment)
{
    static const uint8_t zeros[64];
    size_t over = (size_t)(spool_size(spool) % alignment);
    if (over) spool_put(spool, zeros, alignment - over);
}

Status spool_check(const Spool *spool, Error *error)
{
    if (spool->status != OK) *error = spool->error;
    return spool->status;
}

static Status read_file(const Spool *spool, uint64_t offset, uint8_t *out,
                        size_t size, Error *error)
{
    while (size) {
        ssize_t got = pread(spool->fd, out, size, (off_t)offset);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            return fail_errno(error, "cannot read a temporary file in '%s'",
                              spool->folder);
        }
        if (got == 0) {
            return fail(error, ERR_IO, "a temporary file in '%s' was truncated",
                        spool->folder);
        }
        out += got;
        size -= (size_t)got;
        offset += (uint64_t)got;
    }
    return OK;
}

Status spool_view(const Spool *spool, uint64_t offset, uint8_t *buffer,
                  size_t limit, Span *out, Error *error)
{
    *out = (Span){0};
    if (offset >= spool->file_size) {
        uint64_t start = offset - spool->file_size;
        if (start >= spool->memory.size) return OK;
        size_t left = spool->memory.size - (size_t)start;
        *out = span_of(spool->memory.data + start, left < limit ? left : limit);
        return OK;
    }
    uint64_t left = spool->file_size - offset;
    size_t size = left < limit ? (size_t)left : limit;
    Status status = read_file(spool, offset, buffer, size, error);
    if (status == OK) *out = span_of(buffer, size);
    return status;
}

Status spool_read(const Spool *spool, uint64_t offset, void *out, size_t size,
                  Error *error)
{
    uint8_t *at = out;
    while (size) {
        Span span;
        Status status = spool_view(spool, offset, at, size, &span, error);
        if (status != OK) return status;
        if (span.size == 0) {
            return fail(error, ERR_IO, "a temporary file in '%s' was truncated",
                        spool->folder);
        }
        if (span.data != at) memcpy(at, span.data, span.size);
        at += span.size;
        offset += span.size;
        size -= span.size;
    }
    return OK;
}
