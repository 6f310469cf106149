/* file.h - reading files through memory. */
#ifndef QUERN_BASE_FILE_H
#define QUERN_BASE_FILE_H

#include "common/base/buf.h"
#include "common/base/span.h"
#include "common/base/status.h"

/* A file mapped read-only. Its bytes live until file_unmap. */
typedef struct FileMap {
    Span bytes;
} FileMap;

/* Fails on anything that is no regular file. An empty file has no bytes. */
NODISCARD Status file_map(const char *path, FileMap *out, Error *error);

/* The same of a file just opened, or not: fd -1 and errno tell why. Closes fd.
 */
NODISCARD Status file_map_open(int fd, const char *path, FileMap *out,
                               Error *error);
void file_unmap(FileMap *map); /* an empty map is fine */

/* The whole of a small file; ERR_LIMIT if it has more than `limit` bytes. */
NODISCARD Status file_read(const char *path, size_t limit, Buf *out,
                           Error *error);

/* Writes all of the bytes, however the system splits them; false with errno if
 * it cannot. */
bool file_write_all(int fd, Span bytes);

#endif
