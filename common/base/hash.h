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

#include "common/base/buf.h"
#include "common/base/span.h"
#include "common/base/status.h"

#include <stdint.h>

/* XXH3-64 with seed 0: the checksum in all index files. */
uint64_t hash_bytes(const void *data, size_t size);

static inline uint64_t hash_span(Span span)
{
    return hash_bytes(span.data, span.size);
}

/* XXH3-128 with seed 0: names an index, a file, or the answers to queries. */
typedef struct Hash128 {
    uint64_t high, low;
} Hash128;

Hash128 hash128_bytes(const void *data, size_t size);

static inline bool hash128_equal(Hash128 a, Hash128 b)
{
    return a.high == b.high && a.low == b.low;
}

/* 32 hexadecimal digits, as xxh128sum prints them. */
void put_hash128(Buf *out, Hash128 hash);

/* The same of bytes that come piece by piece. */
typedef struct HashStream HashStream;

NODISCARD Status hash_stream_new(HashStream **out, Error *error);
void hash_stream_free(HashStream *stream); /* NULL is fine */
void hash_stream_put(HashStream *stream, Span bytes);
Hash128 hash_stream_end(const HashStream *stream);

/* Random, drawn once per process. */
typedef struct HashSeed {
    uint64_t a, b;
} HashSeed;

HashSeed hash_seed(void);

/* XXH3-64 with the seed of this process, for tables in memory. */
uint64_t hash_key(Span key);

#endif
