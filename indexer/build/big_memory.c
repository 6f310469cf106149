/* big_memory.c - large pieces of memory, in huge pages where there are any. */
#include "indexer/build/inverter_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Less than a huge page comes from the heap. */
static int is_small(size_t size)
{
    return size < BIG_PAGE_BYTES;
}

static size_t round_up(size_t size)
{
    return (size + BIG_PAGE_BYTES - 1) / BIG_PAGE_BYTES * BIG_PAGE_BYTES;
}

/* A map that is larger by a page holds an aligned one; what is around it is
 * given back. */
static void *map_aligned(size_t size)
{
    size_t all = size + BIG_PAGE_BYTES;
    uint8_t *map = mmap(NULL, all, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED) return NULL;
    size_t before = -(uintptr_t)map % BIG_PAGE_BYTES;
    if (before) munmap(map, before);
    munmap(map + before + size, BIG_PAGE_BYTES - before);
    return map + before;
}

void *big_memory_new(size_t size)
{
    if (is_small(size)) return calloc(1, size);
    if (size > SIZE_MAX / 2) return NULL;
    size = round_up(size);
    void *memory = map_aligned(size);
#ifdef MADV_HUGEPAGE
    if (memory) (void)madvise(memory, size, MADV_HUGEPAGE);
#endif
    return memory;
}

void big_memory_free(void *memory, size_t size)
{
    if (!memory) return;
    if (is_small(size)) {
        free(memory);
    } else {
        munmap(memory, round_up(size));
    }
}
