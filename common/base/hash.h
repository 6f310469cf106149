/* hash.h - XXH3, for checksums and for tables; the only user of xxhash.h.
 *
 * What is written to disk is hashed with seed 0. A table in memory takes keys
 * that come from outside, so it hashes them with a seed of this process, which
 * nobody outside can know: otherwise a file could be made whose keys all fall
 * into one slot. Nothing that is written, and no answer, may depend on the
 * order of such a table.
 */
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

/* Random, drawn once per process. */
typedef struct HashSeed {
    uint64_t a, b;
} HashSeed;

HashSeed hash_seed(void);

/* XXH3-64 with the seed of this process, for tables in memory. */
uint64_t hash_key(Span key);

#endif
