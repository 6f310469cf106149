/* file.c - mapping files read-only, and replacing them atomically. */
#include "common/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static Status map_open_file(int fd, const char *path, FileMap *out,
                            Error *error)
{
    struct stat facts;
    if (fstat(fd, &facts)) return fail_errno(error, "cannot read '%s'", path);
    if (!S_ISREG(facts.st_mode)) {
        return fail(error, ERR_IO, "cannot read '%s': not a regular file",
                    path);
    }
    size_t size = (size_t)facts.st_size;
    if (size == 0) return OK;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED) return fail_errno(error, "cannot map '%s'", path);
    out->bytes = span_of(bytes, size);
    return OK;
}

Status file_map(const char *path, FileMap *out, Error *error)
{
    *out = (FileMap){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return fail_errno(error, "cannot open '%s'", path);
    Status status = map_open_file(fd, path, out, error);
    close(fd);
    return status;
}

void file_unmap(FileMap *map)
{
    if (map->bytes.size)
        munmap((void *)(uintptr_t)map->bytes.data, map->bytes.size);
    *map = (FileMap){0};
}

Status file_read(const char *path, size_t limit, Buf *out, Error *error)
{
    FileMap map;
    Status status = file_map(path, &map, error);
    if (status != OK) return status;
    if (map.bytes.size > limit) {
        status = fail(error, ERR_LIMIT, "'%s' has %zu bytes; the limit is %zu",
                      path, map.bytes.size, limit);
    } else {
        buf_put_span(out, map.bytes);
        status = buf_check(out, "reading a file", error);
    }
    file_unmap(&map);
    return status;
}

bool file_write_all(int fd, Span bytes)
{
    while (bytes.size) {
        ssize_t written = write(fd, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = span_of(bytes.data + written, bytes.size - (size_t)written);
    }
    return true;
}

Status folder_sync(const char *path, Error *error)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return fail_errno(error, "cannot open folder '%s'", path);
    int failed = fsync(fd);
    Status status = failed ? fail_errno(error, "cannot sync folder '%s'", path)
                           : OK;
    close(fd);
    return status;
}

static Status sync_parent(const char *path, Error *error)
{
    Buf parent = {0};
    const char *slash = strrchr(path, '/');
    if (!slash) {
        buf_put_text(&parent, ".");
    } else {
        buf_put(&parent, path, slash == path ? 1 : (size_t)(slash - path));
    }
    const char *name = buf_text(&parent);
    Status status = name ? folder_sync(name, error)
                         : fail_memory(error, "naming a folder");
    buf_release(&parent);
    return status;
}

/* Writes and syncs `temporary`, then renames it to path. */
static Status write_and_rename(const char *temporary, const char *path,
                               Span bytes, bool *replaced, Error *error)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return fail_errno(error, "cannot create '%s'", temporary);
    bool written = file_write_all(fd, bytes) && fsync(fd) == 0;
    if (!written) fail_errno(error, "cannot write '%s'", temporary);
    if (close(fd) && written) {
        fail_errno(error, "cannot write '%s'", temporary);
        written = false;
    }
    if (written && rename(temporary, path)) {
        fail_errno(error, "cannot rename '%s' to '%s'", temporary, path);
        written = false;
    }
    if (!written) {
        unlink(temporary);
        return ERR_IO;
    }
    *replaced = true;
    return sync_parent(path, error);
}

Status file_replace(const char *path, Span bytes, bool *replaced, Error *error)
{
    *replaced = false;
    Buf temporary = {0};
    buf_printf(&temporary, "%s.tmp", path);
    const char *name = buf_text(&temporary);
    Status status = name ? write_and_rename(name, path, bytes, replaced, error)
                         : fail_memory(error, "naming a file");
    buf_release(&temporary);
    return status;
}
