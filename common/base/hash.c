/* hash.c - XXH3, and the seed of tables. */
#include "common/base/hash.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <xxhash.h>

uint64_t hash_bytes(const void *data, size_t size)
{
    return XXH3_64bits(data, size);
}

static Hash128 hash128_of(XXH128_hash_t hash)
{
    return (Hash128){hash.high64, hash.low64};
}

Hash128 hash128_bytes(const void *data, size_t size)
{
    return hash128_of(XXH3_128bits(data, size));
}

void put_hash128(Buf *out, Hash128 hash)
{
    buf_printf(out, "%016" PRIx64 "%016" PRIx64, hash.high, hash.low);
}

struct HashStream {
    XXH3_state_t *state; /* owned */
};

Status hash_stream_new(HashStream **out, Error *error)
{
    HashStream *stream = calloc(1, sizeof *stream);
    if (stream) stream->state = XXH3_createState();
    *out = stream;
    if (stream && stream->state) {
        XXH3_128bits_reset(stream->state);
        return OK;
    }
    hash_stream_free(stream);
    *out = NULL;
    return fail_memory(error, "hashing");
}

void hash_stream_free(HashStream *stream)
{
    if (!stream) return;
    XXH3_freeState(stream->state);
    free(stream);
}

void hash_stream_put(HashStream *stream, Span bytes)
{
    XXH3_128bits_update(stream->state, bytes.data, bytes.size);
}

Hash128 hash_stream_end(const HashStream *stream)
{
    return hash128_of(XXH3_128bits_digest(stream->state));
}

static HashSeed process_seed;
static pthread_once_t seed_once = PTHREAD_ONCE_INIT;

/* Where a sandbox refuses getrandom, or the machine has just started, the 16
 * random bytes that the kernel gives every process take its place. */
static void draw_seed(void)
{
    ssize_t size = getrandom(&process_seed, sizeof process_seed, GRND_NONBLOCK);
    if (size == (ssize_t)sizeof process_seed) return;
    const void *given = (const void *)(uintptr_t)getauxval(AT_RANDOM);
    if (given) memcpy(&process_seed, given, sizeof process_seed);
}

HashSeed hash_seed(void)
{
    pthread_once(&seed_once, draw_seed);
    return process_seed;
}

uint64_t hash_key(Span key)
{
    return XXH3_64bits_withSeed(key.data, key.size, hash_seed().a);
}
