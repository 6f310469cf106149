/* file.h - reading files through memory, and replacing them safely. */
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
void file_unmap(FileMap *map); /* an empty map is fine */

/* The whole of a small file; ERR_LIMIT if it has more than `limit` bytes. */
NODISCARD Status file_read(const char *path, size_t limit, Buf *out,
                           Error *error);

/* Writes the bytes to path through a temporary file beside it: synced, then
 * renamed, then the folder synced, so that path holds the old or the new.
 * After a failure *replaced tells which: the new, if only the folder could not
 * be synced. */
NODISCARD Status file_replace(const char *path, Span bytes, bool *replaced,
                              Error *error);

/* Writes all of the bytes, however the system splits them; false with errno if
 * it cannot. */
bool file_write_all(int fd, Span bytes);

/* fsync of a folder, so that renames in it last. */
NODISCARD Status folder_sync(const char *path, Error *error);

#endif
