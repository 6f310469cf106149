/* file.c - mapping and reading files. */
#include "common/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static Status map_regular(int fd, const char *path, FileMap *out, Error *error)
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

Status file_map_open(int fd, const char *path, FileMap *out, Error *error)
{
    *out = (FileMap){0};
    if (fd < 0) return fail_errno(error, "cannot open '%s'", path);
    Status status = map_regular(fd, path, out, error);
    close(fd);
    return status;
}

Status file_map(const char *path, FileMap *out, Error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    return file_map_open(fd, path, out, error);
}

void file_unmap(FileMap *map)
{
    if (map->bytes.size)
        munmap((void *)(uintptr_t)map->bytes.data, map->bytes.size);
    *map = (FileMap){0};
}

void file_map_unload(const FileMap *map)
{
    if (map->bytes.size) {
        madvise((void *)(uintptr_t)map->bytes.data, map->bytes.size,
                MADV_DONTNEED);
    }
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
