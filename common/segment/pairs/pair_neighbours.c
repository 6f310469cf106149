/* pair_neighbours.c - the adjacent words of one document.
 *
 * Usually a position has one word: they are put in an array by position, and
 * each looks at the one after it. Where several words share a position, or
 * positions are far apart, they are sorted.
 */
#include "common/segment/pairs/pair_neighbours.h"

#include "common/segment/pairs/pair_scan.h"

#include <stdlib.h>
#include <string.h>

enum {
    NO_WORD = UINT16_MAX, /* there are at most 65,535 words */
    MAX_SLOTS = 1 << 20,
    MAX_CODES = 1 << 28 /* of a document: more words at one position are only
                           in a file that is not to be trusted */
};

void pair_neighbours_release(PairNeighbours *neighbours)
{
    free(neighbours->codes);
    free(neighbours->slots);
    *neighbours = (PairNeighbours){0};
}

static bool grow_codes(PairNeighbours *out, size_t count)
{
    if (count <= out->capacity) return true;
    size_t capacity = 2 * count;
    uint32_t *codes = realloc(out->codes, capacity * sizeof *codes);
    if (!codes) return false;
    out->codes = codes;
    out->capacity = capacity;
    return true;
}

static bool grow_slots(PairNeighbours *out, size_t count)
{
    if (count <= out->slot_count) return true;
    size_t slot_count = 2 * count;
    uint16_t *slots = realloc(out->slots, slot_count * sizeof *slots);
    if (!slots) return false;
    memset(slots + out->slot_count, 0xff,
           (slot_count - out->slot_count) * sizeof *slots);
    out->slots = slots;
    out->slot_count = slot_count;
    return true;
}

/* All bits of positions: not below the greatest. */
static uint32_t positions_or(const uint64_t *entries, size_t count)
{
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++) all |= entries[i];
    return entry_position(all);
}

/* False if two words share a position. */
static bool fill_slots(uint16_t *slots, const uint64_t *entries, size_t count)
{
    bool shared = false;
    for (size_t i = 0; i < count; i++) {
        uint16_t *slot = &slots[entry_position(entries[i])];
        shared |= *slot != NO_WORD;
        *slot = entry_word(entries[i]);
    }
    return !shared;
}

/* One word a position. */
static void find_in_slots(PairNeighbours *out, const uint64_t *entries,
                          size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t next = out->slots[entry_position(entries[i]) + 1];
        out->codes[found] = pair_code(entry_word(entries[i]), next);
        found += next != NO_WORD;
    }
    out->count = found;
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* By position, then by word: each word meets all those one position later. */
static Status find_sorted(PairNeighbours *out, uint64_t *entries, size_t count,
                          Error *error)
{
    qsort(entries, count, sizeof *entries, compare_numbers);
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t after = (entries[i] >> 16) + 1;
        while (next < count && entries[next] >> 16 < after) next++;
        for (size_t j = next; j < count && entries[j] >> 16 == after; j++) {
            if (out->count == MAX_CODES)
                return fail(error, ERR_LIMIT,
                            "a document has more than %d pairs of words",
                            MAX_CODES);
            if (!grow_codes(out, out->count + 1))
                return fail_memory(error, "finding pairs");
            out->codes[out->count++] = pair_code(entry_word(entries[i]),
                                                 entry_word(entries[j]));
        }
    }
    return OK;
}

Status pair_neighbours_find(PairNeighbours *out, uint64_t *entries,
                            size_t count, Error *error)
{
    out->count = 0;
    if (count < 2) return OK;
    bool good = grow_codes(out, count);
    bool is_done = false;
    uint32_t last = positions_or(entries, count);
    if (good && last < MAX_SLOTS) {
        good = grow_slots(out, (size_t)last + 2);
        if (good && fill_slots(out->slots, entries, count)) {
            find_in_slots(out, entries, count);
            is_done = true;
        }
        for (size_t i = 0; good && i < count; i++)
            out->slots[entry_position(entries[i])] = NO_WORD;
    }
    if (!good) return fail_memory(error, "finding pairs");
    return is_done ? OK : find_sorted(out, entries, count, error);
}
