/* arena.c - a bump allocator. */
#include "common/base/arena.h"

#include <stdlib.h>

enum { CHUNK_BYTES = 256 * 1024, CHUNK_ALIGNMENT = 64 };

struct ArenaChunk {
    ArenaChunk *next;
    size_t size; /* of the memory after this header */
};

enum { HEADER_BYTES = CHUNK_ALIGNMENT }; /* keeps the memory aligned */

static uint8_t *chunk_memory(ArenaChunk *chunk)
{
    return (uint8_t *)chunk + HEADER_BYTES;
}

/* Moves the first of the chunks from *link on that is large enough to *link;
 * false if there is none. */
static bool find_chunk(ArenaChunk **link, size_t size)
{
    ArenaChunk **at = link;
    while (*at && (*at)->size < size) at = &(*at)->next;
    ArenaChunk *chunk = *at;
    if (!chunk) return false;
    *at = chunk->next;
    chunk->next = *link;
    *link = chunk;
    return true;
}

/* A chunk with at least `size` bytes becomes the current one: one after the
 * current that is large enough, else a new one. */
static bool enter_chunk(Arena *arena, size_t size)
{
    ArenaChunk **link = arena->current ? &arena->current->next : &arena->first;
    if (!find_chunk(link, size)) {
        size_t wanted = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        wanted = (wanted + CHUNK_ALIGNMENT - 1) &
                 ~(size_t)(CHUNK_ALIGNMENT - 1);
        ArenaChunk *chunk = size > SIZE_MAX / 2
                                ? NULL
                                : aligned_alloc(CHUNK_ALIGNMENT,
                                                HEADER_BYTES + wanted);
        if (!chunk) {
            arena->status = ERR_NO_MEMORY;
            return false;
        }
        *chunk = (ArenaChunk){*link, wanted};
        *link = chunk;
        arena->total_bytes += wanted;
    }
    arena->current = *link;
    arena->used = 0;
    return true;
}

static void *alloc(Arena *arena, size_t size, size_t alignment)
{
    if (arena->status != OK) return NULL;
    size_t start = (arena->used + alignment - 1) & ~(alignment - 1);
    if (!arena->current || start > arena->current->size ||
        size > arena->current->size - start) {
        if (!enter_chunk(arena, size)) return NULL;
        start = 0;
    }
    arena->used = start + size;
    return chunk_memory(arena->current) + start;
}

void *arena_alloc(Arena *arena, size_t size)
{
    return alloc(arena, size, 16);
}

void *arena_alloc_aligned(Arena *arena, size_t size)
{
    return alloc(arena, size, 64);
}

void *arena_zeroed(Arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->status = ERR_NO_MEMORY;
        return NULL;
    }
    void *memory = alloc(arena, count * size, 16);
    return memory ? memset(memory, 0, count * size) : NULL;
}

Span arena_copy(Arena *arena, Span span)
{
    uint8_t *copy = arena_alloc(arena, span.size + 1);
    if (!copy) return (Span){0};
    if (span.size) memcpy(copy, span.data, span.size);
    copy[span.size] = 0;
    return span_of(copy, span.size);
}

void arena_reset(Arena *arena)
{
    arena->current = NULL;
    arena->used = 0;
    arena->status = OK;
}

void arena_release(Arena *arena)
{
    for (ArenaChunk *chunk = arena->first, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    *arena = (Arena){0};
}
