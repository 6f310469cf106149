/* pair_sorter.c - sorts pairs of words by their codes, with bounded memory. */
#include "indexer/build/pair_sorter.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ENTRIES = 1 << 16,
    DIGIT_BITS = 11,
    DIGITS = 1 << DIGIT_BITS,
    CODE_SHIFT = 32,
    WORD_BITS = 16 /* of each word in a code */
};

void pair_sorter_init(PairSorter *sorter, const char *folder,
                      size_t memory_limit)
{
    *sorter = (PairSorter){0};
    /* Entries, scratch of the same size, and room to write to a file. */
    sorter->limit = memory_limit / (2 * sizeof(uint64_t));
    if (sorter->limit < FIRST_ENTRIES) sorter->limit = FIRST_ENTRIES;
    spool_init(&sorter->sorted, folder, 0);
}

void pair_sorter_release(PairSorter *sorter)
{
    free(sorter->entries);
    free(sorter->scratch);
    spool_release(&sorter->sorted);
    buf_release(&sorter->parts);
    sorter->entries = sorter->scratch = NULL;
}

/* One pass of a radix sort from the lowest digit: stable, so that docids stay
 * in order. */
static void sort_by_digit(const uint64_t *from, uint64_t *to, size_t count,
                          uint32_t shift, uint32_t bits)
{
    size_t starts[DIGITS] = {0}, sum = 0;
    uint32_t mask = (1u << bits) - 1;
    for (size_t i = 0; i < count; i++) starts[from[i] >> shift & mask]++;
    for (uint32_t digit = 0; digit <= mask; digit++) {
        size_t here = starts[digit];
        starts[digit] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i] >> shift & mask]++] = from[i];
}

/* By one word of the codes, in as few passes as its greatest index needs. */
static void sort_by_word(PairSorter *sorter, uint32_t shift)
{
    uint64_t all = 0;
    for (size_t i = 0; i < sorter->count; i++) all |= sorter->entries[i];
    uint64_t left = all >> shift & ((1u << WORD_BITS) - 1);
    while (left) {
        uint32_t width = 64 - (uint32_t)__builtin_clzll(left);
        uint32_t bits = width <= DIGIT_BITS ? width : (width + 1) / 2;
        sort_by_digit(sorter->entries, sorter->scratch, sorter->count, shift,
                      bits);
        uint64_t *swap = sorter->entries;
        sorter->entries = sorter->scratch;
        sorter->scratch = swap;
        left >>= bits;
        shift += bits;
    }
}

static Status sort_entries(PairSorter *sorter, Error *error)
{
    if (sorter->count < 2) return OK;
    if (!sorter->scratch)
        sorter->scratch = malloc(sorter->capacity * sizeof(uint64_t));
    if (!sorter->scratch) return fail_memory(error, "sorting pairs");
    sort_by_word(sorter, CODE_SHIFT);
    sort_by_word(sorter, CODE_SHIFT + WORD_BITS);
    return OK;
}

/* Moves what is in memory to the file, as one more part. */
static Status put_part(PairSorter *sorter, Error *error)
{
    Status status = sort_entries(sorter, error);
    if (status != OK) return status;
    spool_put(&sorter->sorted, sorter->entries,
              sorter->count * sizeof(uint64_t));
    sorter->count = 0;
    buf_put_u64le(&sorter->parts, sorter->total);
    status = spool_check(&sorter->sorted, error);
    return status == OK ? buf_check(&sorter->parts, "sorting pairs", error)
                        : status;
}

static Status grow(PairSorter *sorter, Error *error)
{
    size_t capacity = sorter->capacity ? 2 * sorter->capacity : FIRST_ENTRIES;
    if (capacity > sorter->limit) capacity = sorter->limit;
    uint64_t *entries = realloc(sorter->entries, capacity * sizeof *entries);
    if (!entries) return fail_memory(error, "sorting pairs");
    sorter->entries = entries;
    sorter->capacity = capacity;
    return OK;
}

Status pair_sorter_put(PairSorter *sorter, uint32_t docid,
                       const uint32_t *codes, size_t count, Error *error)
{
    while (count) {
        Status status = OK;
        if (sorter->count == sorter->limit) {
            status = put_part(sorter, error);
        } else if (sorter->count == sorter->capacity) {
            status = grow(sorter, error);
        }
        if (status != OK) return status;
        size_t room = sorter->capacity - sorter->count;
        size_t here = count < room ? count : room;
        uint64_t *out = sorter->entries + sorter->count;
        for (size_t i = 0; i < here; i++)
            out[i] = (uint64_t)codes[i] << CODE_SHIFT | docid;
        sorter->count += here;
        sorter->total += here;
        codes += here;
        count -= here;
    }
    return OK;
}

/* --- Merging the parts --- */

/* A part that is read through a piece of the sorter's memory. */
typedef struct Part {
    uint64_t *entries; /* borrowed */
    size_t count, next, capacity;
    uint64_t at, end; /* what is left in the file, in entries */
} Part;

typedef struct PartMerge {
    const PairSorter *sorter;
    Part *parts; /* owned */
    Part **heap; /* owned: the smallest entry first, of equal ones the first
                    part's */
    size_t size;
} PartMerge;

static Status part_refill(const PairSorter *sorter, Part *part, Error *error)
{
    uint64_t left = part->end - part->at;
    part->next = 0;
    part->count = left < part->capacity ? (size_t)left : part->capacity;
    size_t bytes = part->count * sizeof(uint64_t);
    uint64_t offset = part->at * sizeof(uint64_t);
    part->at += part->count;
    return spool_read(&sorter->sorted, offset, part->entries, bytes, error);
}

static bool part_before(const Part *a, const Part *b)
{
    uint64_t x = a->entries[a->next], y = b->entries[b->next];
    return x != y ? x < y : a < b;
}

static void sift_down(PartMerge *merge, size_t i)
{
    Part **heap = merge->heap;
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++) {
            if (child < merge->size && part_before(heap[child], heap[least]))
                least = child;
        }
        if (least == i) return;
        Part *part = heap[i];
        heap[i] = heap[least];
        heap[least] = part;
        i = least;
    }
}

static Status open_parts(PartMerge *merge, size_t count, Error *error)
{
    const PairSorter *sorter = merge->sorter;
    merge->parts = calloc(count, sizeof *merge->parts);
    merge->heap = calloc(count, sizeof(Part *));
    if (!merge->parts || !merge->heap)
        return fail_memory(error, "sorting pairs");
    size_t room = sorter->capacity / count;
    const uint64_t *ends = (const void *)sorter->parts.data;
    for (size_t i = 0; i < count; i++) {
        merge->parts[i] = (Part){.entries = sorter->entries + i * room,
                                 .capacity = room,
                                 .at = i ? ends[i - 1] : 0,
                                 .end = ends[i]};
        Status status = part_refill(sorter, &merge->parts[i], error);
        if (status != OK) return status;
        merge->heap[merge->size++] = &merge->parts[i];
    }
    for (size_t i = count / 2 + 1; i-- > 0;) sift_down(merge, i);
    return OK;
}

static Status merge_parts(PartMerge *merge, PairSorterTake *take, void *self,
                          Error *error)
{
    while (merge->size) {
        Part *part = merge->heap[0];
        uint64_t entry = part->entries[part->next++];
        take(self, (uint32_t)(entry >> CODE_SHIFT), (uint32_t)entry);
        if (part->next == part->count) {
            Status status = part_refill(merge->sorter, part, error);
            if (status != OK) return status;
            if (part->count == 0) merge->heap[0] = merge->heap[--merge->size];
        }
        sift_down(merge, 0);
    }
    return OK;
}

static Status read_parts(PairSorter *sorter, PairSorterTake *take, void *self,
                         Error *error)
{
    if (sorter->count) {
        Status status = put_part(sorter, error);
        if (status != OK) return status;
    }
    free(sorter->scratch); /* the caller needs memory too */
    sorter->scratch = NULL;
    PartMerge merge = {.sorter = sorter};
    size_t count = sorter->parts.size / sizeof(uint64_t);
    Status status = open_parts(&merge, count, error);
    if (status == OK) status = merge_parts(&merge, take, self, error);
    free(merge.parts);
    free(merge.heap);
    return status;
}

Status pair_sorter_read(PairSorter *sorter, PairSorterTake *take, void *self,
                        Error *error)
{
    if (sorter->parts.size) return read_parts(sorter, take, self, error);
    Status status = sort_entries(sorter, error);
    if (status != OK) return status;
    free(sorter->scratch);
    sorter->scratch = NULL;
    for (size_t i = 0; i < sorter->count; i++) {
        uint64_t entry = sorter->entries[i];
        take(self, (uint32_t)(entry >> CODE_SHIFT), (uint32_t)entry);
    }
    return OK;
}
