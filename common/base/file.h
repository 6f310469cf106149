/* file.h - mapping files read-only, and replacing them atomically. */
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
void file_unmap(FileMap *map); /* an empty map is fine */

/* Reads a whole small file; ERR_LIMIT if it has more than `limit` bytes. */
NODISCARD Status file_read(const char *path, size_t limit, Buf *out,
                           Error *error);

/* Writes the bytes to a temporary file in the same folder, syncs it, renames
 * it to path and syncs the folder, so that path always holds either the old
 * or the new content. After a failure *replaced is true if path holds the new
 * content: only syncing the folder failed. */
NODISCARD Status file_replace(const char *path, Span bytes, bool *replaced,
                              Error *error);

/* Writes all bytes, repeating short writes; false with errno set on failure. */
bool file_write_all(int fd, Span bytes);

/* fsync of a folder, which makes renames in it durable. */
NODISCARD Status folder_sync(const char *path, Error *error);

#endif
