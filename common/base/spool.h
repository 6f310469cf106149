/* spool.h - an append-only temporary store: memory first, then a file.
 *
 * Holds data that the build cannot write to its final position yet (a section
 * of a segment, ids, a sorted run): in memory up to a limit, beyond it in an
 * unnamed file in the index folder, which the system removes however the
 * program ends.
 *
 * The first failure is kept, later puts do nothing, spool_check reports it.
 * One thread puts at a time; after the last put any number of threads may
 * read.
 */
#ifndef QUERN_BASE_SPOOL_H
#define QUERN_BASE_SPOOL_H

#include "common/base/buf.h"

typedef struct Spool {
    const char *folder; /* borrowed: where the file is created */
    size_t limit;       /* bytes in memory before a file is created */
    uint64_t file_size; /* bytes in the file */
    int fd;             /* -1: none yet */
    Buf memory;         /* the bytes after those in the file */
    Status status;
    Error error;
} Spool;

void spool_init(Spool *spool, const char *folder, size_t limit);
void spool_release(Spool *spool); /* {0} with fd 0 is not empty: init first */

void spool_put(Spool *spool, const void *bytes, size_t size);

static inline void spool_put_span(Spool *spool, Span span)
{
    spool_put(spool, span.data, span.size);
}

/* Pads with zeros to a multiple of `alignment`. */
void spool_align(Spool *spool, size_t alignment);

static inline uint64_t spool_size(const Spool *spool)
{
    return spool->file_size + spool->memory.size;
}

/* Memory in use, for budgets. */
static inline size_t spool_memory(const Spool *spool)
{
    return spool->memory.capacity;
}

/* OK, or the first failure. */
NODISCARD Status spool_check(const Spool *spool, Error *error);

/* Reads exactly `size` bytes from `offset`; they must have been put. */
NODISCARD Status spool_read(const Spool *spool, uint64_t offset, void *out,
                            size_t size, Error *error);

/* Up to `limit` bytes from `offset`, without a copy where possible: *out
 * points into the spool or into `buffer`, which has room for `limit` bytes.
 * Empty at the end. */
NODISCARD Status spool_view(const Spool *spool, uint64_t offset,
                            uint8_t *buffer, size_t limit, Span *out,
                            Error *error);

#endif
