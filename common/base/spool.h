/* spool.h - bytes put away in order until they are needed again.
 *
 * What the build cannot write to its place yet (a section of a segment, ids,
 * a sorted run) goes to a spool: memory up to a limit, beyond it a file
 * without a name in the index folder, so that nothing is left behind however
 * the program ends.
 *
 * A builder: the first failure is kept, later puts do nothing, spool_check
 * asks. Puts come from one thread at a time; when they are over, any number
 * of threads may read.
 */
#ifndef QUERN_BASE_SPOOL_H
#define QUERN_BASE_SPOOL_H

#include "common/base/buf.h"

typedef struct Spool {
    const char *folder; /* borrowed: where a file would be made */
    size_t limit;       /* bytes of memory before there is a file */
    uint64_t file_size; /* bytes that are in the file */
    int fd;             /* -1: none yet */
    Buf memory;         /* what follows the bytes in the file */
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

/* Zeros until the size is a multiple of `alignment`. */
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

/* The kept failure, if there is one. */
NODISCARD Status spool_check(const Spool *spool, Error *error);

/* Exactly `size` bytes from `offset`, which must be there. */
NODISCARD Status spool_read(const Spool *spool, uint64_t offset, void *out,
                            size_t size, Error *error);

/* Up to `limit` bytes from `offset` without copying where that can be: out
 * points into the spool or into `buffer`, which has room for limit bytes.
 * Empty at the end. */
NODISCARD Status spool_view(const Spool *spool, uint64_t offset,
                            uint8_t *buffer, size_t limit, Span *out,
                            Error *error);

#endif
