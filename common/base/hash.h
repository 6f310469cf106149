/* hash.h - XXH3, for tables and for checksums; the only user of xxhash.h. */
#ifndef QUERN_BASE_HASH_H
#define QUERN_BASE_HASH_H

#include "common/base/span.h"

#include <stdint.h>

/* XXH3-64 with seed 0: the checksum in all index files. */
uint64_t hash_bytes(const void *data, size_t size);

static inline uint64_t hash_span(Span span)
{
    return hash_bytes(span.data, span.size);
}

#endif
