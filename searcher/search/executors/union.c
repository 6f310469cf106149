/* union.c - the k best of a disjunction of words: MaxScore on ranges, bounds
 * first.
 *
 *   1. A score that k documents reach is known before any posting is read: the
 *      highest of the words' stored k-th best values (plan_primed_score).
 *   2. The range bounds of all lists are summed in integers. Most ranges cannot
 *      reach the threshold and are never looked at again (block-max pruning
 * with docid-aligned blocks: Chakrabarti, Chaudhuri and Ganti, 2011).
 *   3. The few ranges with the highest sums are scored first, because they
 * raise the threshold most.
 *   4. If few ranges are left, each is scored on its own: lists in descending
 *      order of their bound there, the later ones only for documents that can
 *      still reach the threshold.
 *      If many are left, windows of 64 ranges are scored: lists that together
 *      cannot reach the threshold in a window are non-essential there
 * (MaxScore: Turtle and Flood, Query Evaluation: Strategies and Optimizations,
 * 1995); the scores of the others are summed in bulk, documents that can still
 *      reach the threshold become candidates, and candidates are looked up in
 *      the non-essential lists, highest bound first.
 *
 * Sums run in double. If every partial sum is exact their order cannot matter;
 * otherwise each document that would be collected is scored again in the order
 * of the query (`exact_sums`). docs/top-k.md describes the reasons and the
 * gains.
 */
#include "searcher/search/executors/bounds.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/ranged_list.h"

#include <float.h>

enum {
    SEED_RANGES = 8, /* scored first, plus k / SEED_SHARE */
    SEED_SHARE = 1000,
    FEW_RANGES = 300 /* up to this many kept ranges are scored one by one */
};

/* A list and its bound in a range or window. */
typedef struct Ordered {
    RangedList *list;
    float bound;
} Ordered;

typedef struct Union {
    Execution *x;
    PlanNode *const *leaves; /* the words: plain terms */
    size_t leaf_count;
    RangedList *lists; /* of the words that the segment has */
    size_t list_count;
    Ordered *order; /* room for all lists */
    RangedScale scale;
    uint16_t *sums;        /* sums of bounds, one a range */
    uint32_t *kept_ranges; /* ranges */
    bool exact_sums;
    double *window; /* 4,096 sums, all 0 between windows */
    Candidates candidates;
    uint32_t *exceptions; /* indexes of candidates */
} Union;

static float needed_from(const Union *u, uint32_t docid)
{
    return collector_needed(u->x->collector, u->x->first_docid + docid);
}

/* Sums below this round to a score that is too low. It is above 0, the sum of
 * documents without any of the words. */
static double needed_sum(const Union *u, uint32_t docid)
{
    double needed = (double)needed_from(u, docid) * (1.0 - 0x1p-23);
    return needed > DBL_MIN ? needed : DBL_MIN;
}

static uint16_t min_sum(const Union *u, uint32_t range)
{
    return ranged_min_sum(&u->scale, needed_from(u, range * RANGE_DOCUMENTS));
}

static void collect(Union *u, uint32_t docid, double sum)
{
    Execution *x = u->x;
    float score = (float)sum;
    if (!execution_is_live(x, docid)) return;
    if (!u->exact_sums) {
        execution_rewind(x);
        score_document(x, x->plan->root, docid, &score);
    }
    collector_push(x->collector, score, x->first_docid + docid);
}

/* Inserts a list, highest bound first. */
static void insert_ordered(Ordered *order, size_t count, RangedList *list,
                           float bound)
{
    for (; count && order[count - 1].bound < bound; count--) {
        order[count] = order[count - 1];
    }
    order[count] = (Ordered){list, bound};
}

static size_t order_lists(Union *u, uint32_t range, float *bound_sum)
{
    size_t count = 0;
    *bound_sum = 0.0f;
    for (size_t i = 0; i < u->list_count; i++) {
        RangedList *list = &u->lists[i];
        uint8_t byte = list->ranges[range];
        if (!byte) continue;
        float bound = (float)byte * list->byte_weight;
        insert_ordered(u->order, count++, list, bound);
        *bound_sum += bound;
    }
    return count;
}

static void score_range(void *self, uint32_t range)
{
    Union *u = self;
    const RangeKernels *kernels = u->x->kernels;
    ALIGNED(64) double sums[RANGE_DOCUMENTS];
    float rest;
    double needed = needed_sum(u, range * RANGE_DOCUMENTS);
    size_t count = order_lists(u, range, &rest);
    if ((double)rest < needed) return;
    u->x->counters.ranges_scored++;
    kernels->clear(sums);
    uint64_t wanted = ~0ull;
    for (size_t i = 0; i < count; i++) {
        if ((double)rest < needed) {
            wanted &= kernels->at_least(sums, needed - (double)rest);
            if (!wanted) return;
        }
        ranged_list_add_range(u->order[i].list, range, wanted, sums);
        rest -= u->order[i].bound * (1.0f - 0x1p-20f);
    }
    wanted &= kernels->at_least(sums, needed);
    u->x->counters.documents_scored += (uint64_t)__builtin_popcountll(wanted);
    for (; wanted; wanted &= wanted - 1) {
        uint32_t slot = (uint32_t)__builtin_ctzll(wanted);
        collect(u, range * RANGE_DOCUMENTS + slot, sums[slot]);
    }
}

static void rewind_lists(Union *u)
{
    for (size_t i = 0; i < u->list_count; i++) ranged_list_rewind(&u->lists[i]);
}

static size_t keep_competitive(Union *u, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t range = u->kept_ranges[i];
        u->kept_ranges[kept] = range;
        kept += u->sums[range] >= min_sum(u, range);
    }
    return kept;
}

static void score_ranges(Union *u, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t range = u->kept_ranges[i];
        if (u->sums[range] >= min_sum(u, range)) score_range(u, range);
    }
}

static uint8_t window_byte(const RangedList *list, uint32_t window)
{
    if (list->windows) return list->windows[window];
    return list->kernels->max_byte(list->ranges +
                                   (size_t)window * WINDOW_RANGES);
}

/* Orders the lists that occur in a window, highest bound first; returns how
 * many. */
static size_t order_window(Union *u, uint32_t window)
{
    size_t count = 0;
    for (size_t i = 0; i < u->list_count; i++) {
        RangedList *list = &u->lists[i];
        uint8_t byte = window_byte(list, window);
        if (!byte) continue;
        insert_ordered(u->order, count++, list,
                       (float)byte * list->byte_weight);
    }
    return count;
}

/* The number of essential lists: those after them together cannot reach
 * `needed`. */
static size_t count_essential(const Union *u, size_t count, double needed)
{
    double sum = 0.0;
    while (count && sum + (double)u->order[count - 1].bound < needed) {
        sum += (double)u->order[--count].bound;
    }
    return count;
}

/* Adds the scores of the list to the candidates in `exceptions`. */
static void look_up_exceptions(Union *u, RangedList *list, size_t count)
{
    Candidates *c = &u->candidates;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = u->exceptions[i];
        float score;
        if (ranged_list_look_up(list, c->docids[at], &score)) {
            c->sums[at] += (double)score;
        }
    }
}

/* Adds the scores of one more list to the candidates' sums. */
static void look_up(Union *u, RangedList *list)
{
    Candidates *c = &u->candidates;
    if (list->kind == RANGED_BITMAP) {
        BitmapList bitmap = {list->list, list->norms, list->inverse,
                             list->weight};
        size_t count = u->x->kernels->look_up(c, &bitmap, u->exceptions);
        look_up_exceptions(u, list, count);
        return;
    }
    for (size_t i = 0; i < c->count; i++) {
        float score;
        if (!list->ranges[c->docids[i] / RANGE_DOCUMENTS]) continue;
        if (ranged_list_look_up(list, c->docids[i], &score)) {
            c->sums[i] += (double)score;
        }
    }
}

static void score_window(Union *u, uint32_t window, uint64_t live)
{
    const RangeKernels *kernels = u->x->kernels;
    size_t ranges = (size_t)window * WINDOW_RANGES;
    double needed = needed_sum(u, window * WINDOW_DOCUMENTS);
    size_t count = order_window(u, window);
    size_t essential = count_essential(u, count, needed);
    ALIGNED(64) float rests[WINDOW_RANGES] = {0};
    WindowSums sums = {
        .sums = u->window, .rests = rests, .first = window * WINDOW_DOCUMENTS};
    Candidates *candidates = &u->candidates;
    for (size_t i = essential; i < count; i++) {
        const RangedList *list = u->order[i].list;
        kernels->add_weights(rests, list->ranges + ranges, list->byte_weight);
    }
    for (size_t i = 0; i < essential; i++) {
        sums.touched |= ranged_list_add_window(u->order[i].list, window, live,
                                               u->window);
    }
    candidates->count = 0;
    kernels->take(candidates, &sums, needed);
    u->x->counters.ranges_scored += (uint64_t)__builtin_popcountll(live);
    u->x->counters.documents_scored += candidates->count;
    for (size_t i = essential; candidates->count && i < count; i++) {
        RangedList *list = u->order[i].list;
        look_up(u, list);
        kernels->add_weights(rests, list->ranges + ranges,
                             -list->byte_weight * (1.0f - 0x1p-20f));
        kernels->drop(candidates, rests, needed);
    }
    for (size_t i = 0; i < candidates->count; i++) {
        collect(u, candidates->docids[i], candidates->sums[i]);
    }
}

static void score_windows(Union *u)
{
    const RangeKernels *kernels = u->x->kernels;
    memset(u->window, 0, WINDOW_DOCUMENTS * sizeof *u->window);
    for (uint32_t w = 0; w < u->x->segment->window_count; w++) {
        uint16_t min = min_sum(u, w * WINDOW_RANGES);
        uint64_t live = kernels->live_ranges(
            u->sums + (size_t)w * WINDOW_RANGES, min);
        if (live) score_window(u, w, live);
    }
}

static Status prepare(Union *u, Error *error)
{
    Execution *x = u->x;
    /* A whole window of ranges at the end, so that no window is partial. */
    size_t ranges = (size_t)x->segment->window_count * WINDOW_RANGES + 64;
    u->lists = arena_alloc(x->arena, u->leaf_count * sizeof *u->lists);
    u->order = arena_alloc(x->arena, u->leaf_count * sizeof *u->order);
    u->sums = arena_alloc_aligned(x->arena, ranges * sizeof *u->sums);
    u->kept_ranges = arena_alloc(x->arena, ranges * sizeof *u->kept_ranges);
    u->window = arena_alloc_aligned(x->arena,
                                    WINDOW_DOCUMENTS * sizeof *u->window);
    Candidates *c = &u->candidates;
    c->docids = arena_alloc(x->arena, CANDIDATE_ROOM * sizeof *c->docids);
    c->sums = arena_alloc(x->arena, CANDIDATE_ROOM * sizeof *c->sums);
    u->exceptions = arena_alloc(x->arena,
                                CANDIDATE_ROOM * sizeof *u->exceptions);
    if (x->arena->status != OK) return fail_memory(error, "searching");
    memset(u->sums, 0, ranges * sizeof *u->sums);
    return OK;
}

static Status take_lists(Union *u, float correction, Error *error)
{
    Execution *x = u->x;
    u->scale = ranged_scale(correction, plan_weight_sum(x->plan->root),
                            u->leaf_count);
    Status status = OK;
    for (size_t i = 0; status == OK && i < u->leaf_count; i++) {
        const PlanNode *leaf = u->leaves[i];
        if (!leaf->terms[0]->lists[x->segment_index].df) continue;
        RangedList *list = &u->lists[u->list_count++];
        status = ranged_list_init(list, x, leaf, &u->scale, error);
        if (status != OK) break;
        ranged_list_add_bounds(list, u->sums, x->segment->range_count);
    }
    return status;
}

Status execute_union(Execution *x, float correction, Error *error)
{
    PlanNode *const root = x->plan->root;
    Union u = {.x = x, .exact_sums = execution_sums(x) == SUMS_EXACT};
    bool single = root->kind == PLAN_TERM;
    u.leaves = single ? &root : root->should;
    u.leaf_count = single ? 1 : root->should_count;
    x->counters.executor = "union, no list";
    Status status = prepare(&u, error);
    if (status == OK) status = take_lists(&u, correction, error);
    if (status != OK || !u.list_count) return status;
    size_t kept = x->kernels->select_ranges(u.sums, x->segment->range_count,
                                            min_sum(&u, 0), u.kept_ranges);
    kept = ranges_score_seeds(u.sums, u.kept_ranges, kept,
                              SEED_RANGES + x->collector->k / SEED_SHARE,
                              score_range, &u);
    rewind_lists(&u);
    kept = keep_competitive(&u, kept);
    if (kept <= FEW_RANGES) {
        x->counters.executor = "union, range by range";
        score_ranges(&u, kept);
    } else {
        x->counters.executor = "union, window by window";
        score_windows(&u);
    }
    return OK;
}
