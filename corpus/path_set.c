/* path_set.c - a set of paths: a hash table with linear probing. */
#include "corpus/path_set.h"

#include "common/base/hash.h"

#include <stdlib.h>

enum { MIN_SLOTS = 64 };

/* The slot of the path, or the free one where it belongs. */
static Span *slot_of(const PathSet *set, Span path)
{
    size_t mask = set->capacity - 1, slot = hash_key(path) & mask;
    while (set->slots[slot].data && !span_equal(set->slots[slot], path))
        slot = (slot + 1) & mask;
    return set->slots + slot;
}

static bool grow(PathSet *set)
{
    PathSet larger = {.capacity = set->capacity ? 2 * set->capacity
                                                : MIN_SLOTS};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (!larger.slots) return false;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i].data)
            *slot_of(&larger, set->slots[i]) = set->slots[i];
    free(set->slots);
    set->slots = larger.slots;
    set->capacity = larger.capacity;
    return true;
}

Status path_set_add(PathSet *set, Span path, bool *is_new, Error *error)
{
    if (2 * (set->count + 1) > set->capacity && !grow(set))
        return fail_memory(error, "comparing paths");
    Span *slot = slot_of(set, path);
    *is_new = !slot->data;
    if (!*is_new) return OK;
    *slot = arena_copy(&set->paths, path);
    if (!slot->data) return fail_memory(error, "comparing paths");
    set->count++;
    return OK;
}

void path_set_release(PathSet *set)
{
    free(set->slots);
    arena_release(&set->paths);
    *set = (PathSet){0};
}
