/* byte_source.c - the raw bytes of a file, a pipe or memory. */
#include "common/input/byte_source.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 * 1024 };

/* The size of a file; 0 for anything else. */
static off_t file_size(int fd)
{
    struct stat facts;
    if (fstat(fd, &facts) || !S_ISREG(facts.st_mode)) return 0;
    return facts.st_size;
}

Status byte_source_open_fd(int fd, const char *name, ByteSource *out,
                           Error *error)
{
    *out = (ByteSource){.name = name, .fd = fd, .file_size = file_size(fd)};
    out->buffer = malloc(BUFFER_BYTES);
    if (out->buffer) return OK;
    byte_source_close(out);
    return fail_memory(error, "opening an input");
}

void byte_source_open_memory(Span bytes, const char *name, ByteSource *out)
{
    *out = (ByteSource){.name = name,
                        .fd = -1,
                        .ahead = bytes,
                        .read_bytes = bytes.size,
                        .at_end = true};
}

static Status read_some(ByteSource *source, uint8_t *into, size_t room,
                        size_t *got, Error *error)
{
    *got = 0;
    if (source->at_end) return OK;
    ssize_t size;
    do {
        size = read(source->fd, into, room);
    } while (size < 0 && errno == EINTR);
    if (size < 0) return fail_errno(error, "%s: cannot read", source->name);
    *got = (size_t)size;
    source->at_end = size == 0;
    source->read_bytes += *got;
    return OK;
}

Status byte_source_peek(ByteSource *source, size_t wanted, Error *error)
{
    if (source->ahead.size >= wanted || source->at_end) return OK;
    if (source->ahead.size)
        memmove(source->buffer, source->ahead.data, source->ahead.size);
    source->ahead.data = source->buffer;
    while (source->ahead.size < wanted && !source->at_end) {
        size_t got;
        Status status = read_some(source, source->buffer + source->ahead.size,
                                  BUFFER_BYTES - source->ahead.size, &got,
                                  error);
        if (status != OK) return status;
        source->ahead.size += got;
    }
    return OK;
}

Status byte_source_read(ByteSource *source, uint8_t *out, size_t room,
                        size_t *got, Error *error)
{
    if (!source->ahead.size) return read_some(source, out, room, got, error);
    *got = source->ahead.size < room ? source->ahead.size : room;
    memcpy(out, source->ahead.data, *got);
    byte_source_take(source, *got);
    return OK;
}

bool byte_source_shrank(const ByteSource *source)
{
    return source->file_size && file_size(source->fd) < source->file_size;
}

void byte_source_close(ByteSource *source)
{
    if (source->buffer || source->fd > 0) close(source->fd);
    free(source->buffer);
    *source = (ByteSource){.fd = -1};
}
