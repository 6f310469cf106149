/* arena.h - a bump allocator: allocations are freed all together.
 *
 * One arena per job: a batch of documents, a query. Start with `Arena arena =
 * {0}`. arena_reset keeps the memory for the next job, so that a warm query
 * makes no system call for memory. Not thread-safe.
 */
#ifndef QUERN_BASE_ARENA_H
#define QUERN_BASE_ARENA_H

#include "common/base/span.h"
#include "common/base/status.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    ArenaChunk *first; /* owned; a list in the order of use */
    ArenaChunk *current;
    size_t used;        /* bytes of the current chunk */
    size_t total_bytes; /* of all chunks, for memory budgets */
    Status status;      /* the first failure */
} Arena;

/* A point to go back to: what is allocated after it can be given back. */
typedef struct ArenaMark {
    ArenaChunk *current;
    size_t used;
} ArenaMark;

/* `size` bytes aligned to 16, not cleared; NULL on failure, which is kept in
 * `status`. Valid until reset or release. */
void *arena_alloc(Arena *arena, size_t size);

/* The same, aligned to 64 for vector loads. */
void *arena_alloc_aligned(Arena *arena, size_t size);

/* The same, cleared. */
void *arena_zeroed(Arena *arena, size_t count, size_t size);

/* A zero-terminated copy of the bytes; {NULL, 0} on failure. */
Span arena_copy(Arena *arena, Span span);

static inline ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){arena->current, arena->used};
}

/* Gives back all that was allocated since the mark. Marks are rewound to in the
 * reverse order of their making. A failure stays. */
static inline void arena_rewind(Arena *arena, ArenaMark mark)
{
    arena->current = mark.current;
    arena->used = mark.used;
}

void arena_reset(Arena *arena);
void arena_release(Arena *arena);

#endif
