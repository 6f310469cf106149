/* hash.c - XXH3, and the seed of tables. */
#include "common/base/hash.h"

#include <pthread.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <xxhash.h>

uint64_t hash_bytes(const void *data, size_t size)
{
    return XXH3_64bits(data, size);
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
