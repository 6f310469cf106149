/* collector.c - keeps the k best of the documents it is given. */
#include "searcher/search/executors/collector.h"

/* Buffer size in multiples of k: large enough to be cut rarely. */
enum {
    BUFFER_FACTOR = 4,
    SORTED_BY_INSERTION = 16,
    EXACT_SHARE = 8 /* of k: new keys before the k-th best is found again */
};

static bool is_heap(const Collector *c)
{
    return c->k <= HEAP_LIMIT;
}

Status collector_init(Collector *collector, uint32_t k, float highest,
                      float primed, Arena *arena, Error *error)
{
    *collector = (Collector){.k = k, .threshold = primed};
    /* A score equal to the primed one is kept; 0 keeps every key. */
    collector->worst = primed > 0.0f ? collector_key(primed, UINT32_MAX) - 1
                                     : 0;
    collector->capacity = is_heap(collector) ? k : (size_t)k * BUFFER_FACTOR;
    collector->keys = arena_alloc(arena, collector->capacity *
                                             sizeof *collector->keys);
    if (!is_heap(collector)) {
        collector->buckets = arena_zeroed(arena, COLLECTOR_BUCKETS,
                                          sizeof *collector->buckets);
        collector->next_exact = k;
        if (!(highest > 0.0f)) highest = 1.0f;
        collector->bucket_scale = (float)(COLLECTOR_BUCKETS - 1) / highest;
    }
    return arena->status == OK ? OK : fail_memory(error, "collecting hits");
}

/* Moves a hole down from `at` to where key belongs. */
static void sift_down(uint64_t *heap, uint32_t count, uint32_t at, uint64_t key)
{
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count) break;
        if (child + 1 < count && heap[child + 1] < heap[child]) child++;
        if (heap[child] >= key) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = key;
}

static void push_to_heap(Collector *c, uint64_t key)
{
    if (c->count < c->k) {
        size_t at = c->count++;
        for (; at && c->keys[(at - 1) / 2] > key; at = (at - 1) / 2) {
            c->keys[at] = c->keys[(at - 1) / 2];
        }
        c->keys[at] = key;
        if (c->count < c->k) return;
    } else {
        sift_down(c->keys, c->k, 0, key);
    }
    if (c->keys[0] > c->worst) {
        c->worst = c->keys[0];
        c->threshold = key_score(c->worst);
        c->knows_worst = true;
    }
}

static void swap_keys(uint64_t *a, uint64_t *b)
{
    uint64_t keep = *a;
    *a = *b;
    *b = keep;
}

/* Partitions around the median of three keys: greater keys move to the front,
 * the median after them. Returns the number of greater keys. */
static size_t partition(uint64_t *keys, size_t count)
{
    uint64_t *first = keys, *middle = keys + count / 2,
             *last = keys + count - 1;
    if (*middle > *first) swap_keys(middle, first);
    if (*last > *first) swap_keys(last, first);
    if (*middle > *last) swap_keys(middle, last);
    uint64_t pivot = *last; /* not above the first, not below the middle */
    size_t greater = 0;
    /* Always swaps: half of the branches would be mispredicted. */
    for (size_t i = 0; i + 1 < count; i++) {
        uint64_t key = keys[i];
        keys[i] = keys[greater];
        keys[greater] = key;
        greater += key > pivot;
    }
    swap_keys(&keys[greater], last);
    return greater;
}

/* Moves the `wanted` greatest of distinct keys to the front (quickselect;
 * Hoare, Algorithm 65: Find, 1961). */
static void select_top(uint64_t *keys, size_t count, size_t wanted)
{
    while (wanted && count > wanted) {
        size_t greater = partition(keys, count);
        if (wanted <= greater) {
            count = greater;
        } else {
            keys += greater + 1;
            count -= greater + 1;
            wanted -= greater + 1;
        }
    }
}

static void cut_buffer(Collector *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->count; i++) {
        c->keys[kept] = c->keys[i];
        kept += c->keys[i] >= c->worst; /* which may be one of them */
    }
    c->count = kept;
    if (kept < c->capacity / 2) return;
    select_top(c->keys, kept, c->k);
    c->count = c->k;
}

/* The buffer has at least k keys. */
void collector_find_worst(Collector *c)
{
    select_top(c->keys, c->count, c->k);
    c->count = c->k;
    uint64_t worst = c->keys[0];
    for (size_t i = 1; i < c->k; i++)
        if (c->keys[i] < worst) worst = c->keys[i];
    c->next_exact = c->k + c->k / EXACT_SHARE;
    if (worst <= c->worst) return;
    c->worst = worst;
    c->threshold = key_score(worst);
    c->knows_worst = true;
}

/* Raises the cut while at least k keys are above it. */
static void raise_cut(Collector *c)
{
    while (c->above_cut >= c->k) {
        c->cut++;
        c->above_cut -= c->buckets[c->cut];
    }
    /* A score is rounded twice on the way to its bucket. */
    float edge = (float)c->cut / c->bucket_scale * (1.0f - 0x1p-21f);
    if (edge <= c->threshold) return;
    c->threshold = edge;
    c->worst = collector_key(edge, UINT32_MAX) - 1;
    c->knows_worst = false;
}

static uint32_t bucket_of(const Collector *c, float score)
{
    float bucket = score * c->bucket_scale;
    return bucket < (float)(COLLECTOR_BUCKETS - 1) ? (uint32_t)bucket
                                                   : COLLECTOR_BUCKETS - 1;
}

static void push_to_buffer(Collector *c, uint64_t key)
{
    if (c->count == c->capacity) cut_buffer(c);
    c->keys[c->count++] = key;
    uint32_t bucket = bucket_of(c, key_score(key));
    c->buckets[bucket]++;
    if (bucket > c->cut && ++c->above_cut >= c->k) raise_cut(c);
}

void collector_push_key(Collector *collector, uint64_t key)
{
    if (is_heap(collector)) {
        push_to_heap(collector, key);
    } else {
        push_to_buffer(collector, key);
    }
}

/* Insertion sort, greatest first, for few keys. */
static void sort_few(uint64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t key = keys[i];
        size_t at = i;
        for (; at && keys[at - 1] < key; at--) keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

/* Quicksort, greatest first: qsort may allocate, a search must not. */
static void sort_keys(uint64_t *keys, size_t count)
{
    while (count > SORTED_BY_INSERTION) {
        size_t greater = partition(keys, count), rest = count - greater - 1;
        if (greater < rest) {
            sort_keys(keys, greater);
            keys += greater + 1;
            count = rest;
        } else {
            sort_keys(keys + greater + 1, rest);
            count = greater;
        }
    }
    sort_few(keys, count);
}

void collector_finish(Collector *collector)
{
    if (collector->count > collector->k) {
        select_top(collector->keys, collector->count, collector->k);
        collector->count = collector->k;
    }
    sort_keys(collector->keys, collector->count);
}
