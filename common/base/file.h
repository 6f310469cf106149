/* file.h - mapping and reading files. */
#ifndef QUERN_BASE_FILE_H
#define QUERN_BASE_FILE_H

#include "common/base/buf.h"
#include "common/base/span.h"
#include "common/base/status.h"

/* A file mapped read-only. Its bytes are valid until file_unmap. */
typedef struct FileMap {
    Span bytes;
} FileMap;

/* Fails on anything but a regular file. An empty file maps to {NULL, 0}. */
NODISCARD Status file_map(const char *path, FileMap *out, Error *error);

/* The same for the result of open(): if fd is -1, errno is the reason. Closes
 * fd. */
NODISCARD Status file_map_open(int fd, const char *path, FileMap *out,
                               Error *error);
void file_unmap(FileMap *map); /* an empty map is fine */

/* Gives the memory of all its pages back; they are read again when used. */
void file_map_unload(const FileMap *map);

/* Reads a whole small file; ERR_LIMIT if it has more than `limit` bytes. */
NODISCARD Status file_read(const char *path, size_t limit, Buf *out,
                           Error *error);

/* Writes all bytes, repeating short writes; false with errno set on failure. */
bool file_write_all(int fd, Span bytes);

#endif
