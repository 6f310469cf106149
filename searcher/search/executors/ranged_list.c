/* ranged_list.c - one term's list in one segment, with a bound for each range.
 */
#include "searcher/search/executors/ranged_list.h"

#include "common/codec/block_codec.h"
#include "common/segment/score_bounds.h"

#include <math.h>

/* UINT32_MAX after the docids of an unpacked list is in no range or window. */
_Static_assert(UINT32_MAX - MAX_DOCUMENTS >= WINDOW_DOCUMENTS - 1,
               "the sentinel is far from all docids");

enum { SEED_BUCKETS = 1024, SEED_BUCKET_WIDTH = 64 };

/* Integer sums of bounds stay below this, rounding up included. */
static const double MAX_UNITS = 60000.0;

float ranged_correction(const Execution *execution)
{
    return execution->scale->upper;
}

RangedScale ranged_scale(float correction, double weight_sum, size_t count)
{
    double slack = 1.0 + ((double)count + 4.0) * 0x1p-22;
    double units = (MAX_UNITS - 2.0 * (double)count) /
                   (weight_sum * slack * (double)correction);
    return (RangedScale){(float)units, (float)slack, correction};
}

static uint16_t multiplier_of(const RangedScale *scale, double bound)
{
    double multiplier = ceil(bound * (double)scale->units * 256.0 /
                             BOUND_BYTE_ONE);
    return multiplier < UINT16_MAX ? (uint16_t)multiplier : UINT16_MAX;
}

uint16_t ranged_multiplier(const RangedScale *scale, float weight)
{
    return multiplier_of(scale, (double)weight * (double)scale->slack *
                                    (double)scale->correction);
}

static Status take_room(RangedList *ranged, const Execution *x, Error *error)
{
    size_t room = (size_t)ranged->list->df + CURSOR_ROOM;
    ranged->docs = arena_alloc_aligned(x->arena, room * sizeof(uint32_t));
    ranged->scores = arena_alloc_aligned(x->arena, room * sizeof(float));
    uint8_t *ranges = arena_alloc_aligned(x->arena,
                                          x->segment->range_count + 64u);
    if (!ranges || !ranged->docs || !ranged->scores) {
        return fail_memory(error, "searching");
    }
    memset(ranges, 0, x->segment->range_count + 64u);
    ranged->ranges = ranges;
    return OK;
}

static void load_inline(RangedList *ranged)
{
    const Postings *list = ranged->list;
    ranged->docs[0] = list->docid;
    ranged->scores[0] = bm25_score(ranged->weight, list->tf,
                                   ranged->inverse[ranged->norms[list->docid]]);
}

static void load_block(RangedList *ranged, uint32_t block)
{
    Block view = postings_block(ranged->list, block);
    uint32_t first = block * BLOCK_POSTINGS;
    codec_decode_deltas(view.docs, view.doc_bits, view.count, view.before,
                        ranged->docs + first);
    BlockScoring scoring = {ranged->kernels, ranged->inverse, ranged->norms,
                            ranged->weight};
    block_scores(&scoring, &view, ranged->docs + first, ranged->scores + first);
}

/* Docids and scores of a bitmap that has no bounds (a small segment). */
static void load_bitmap(RangedList *ranged)
{
    const Postings *list = ranged->list;
    uint32_t at = 0;
    for (uint32_t word = 0; at < list->df; word++) {
        for (uint64_t bits = list->bits[word]; bits; bits &= bits - 1) {
            uint32_t docid = word * 64 + (uint32_t)__builtin_ctzll(bits);
            ranged->docs[at] = docid;
            ranged->scores[at] = bm25_score(
                ranged->weight, postings_bitmap_tf(list, at),
                ranged->inverse[ranged->norms[docid]]);
            at++;
        }
    }
}

/* The scores of up to 128 postings in 255ths of the weight, rounded up. */
static void scores_to_steps(const float *scores, size_t count, float factor,
                            int32_t *steps)
{
    for (size_t i = 0; i < count; i++) {
        int32_t step = (int32_t)(scores[i] * factor) + 1;
        steps[i] = step < 255 ? step : 255;
    }
}

/* The byte of each range: the maximum step of its postings, which are
 * consecutive. Each posting stores the maximum so far, so nothing is read back
 * and no branch depends on docids. */
static void make_ranges(const RangedList *ranged, uint8_t *ranges)
{
    const float factor = (float)BOUND_BYTE_ONE / ranged->weight;
    uint32_t last = UINT32_MAX;
    int32_t max_step = 0;
    for (size_t first = 0; first < ranged->count; first += BLOCK_POSTINGS) {
        const uint32_t *docs = ranged->docs + first;
        size_t left = ranged->count - first;
        size_t count = left < BLOCK_POSTINGS ? left : BLOCK_POSTINGS;
        int32_t steps[BLOCK_POSTINGS];
        scores_to_steps(ranged->scores + first, count, factor, steps);
        for (size_t i = 0; i < count; i++) {
            uint32_t range = docs[i] / RANGE_DOCUMENTS;
            max_step &= -(int32_t)(range == last);
            max_step = steps[i] > max_step ? steps[i] : max_step;
            ranges[range] = (uint8_t)max_step;
            last = range;
        }
    }
}

static Status load_all(RangedList *ranged, const Execution *x, Error *error)
{
    Status status = take_room(ranged, x, error);
    if (status != OK) return status;
    const Postings *list = ranged->list;
    ranged->count = list->df;
    if (postings_is_inline(list)) {
        load_inline(ranged);
    } else if (postings_is_bitmap(list)) {
        load_bitmap(ranged);
    } else {
        for (uint32_t block = 0; block < list->block_count; block++) {
            load_block(ranged, block);
        }
        ranged->cursor->decoded += list->block_count;
    }
    ranged->docs[ranged->count] = UINT32_MAX;
    make_ranges(ranged, (uint8_t *)(uintptr_t)ranged->ranges);
    return OK;
}

Status ranged_list_init(RangedList *ranged, const Execution *execution,
                        const PlanNode *leaf, const RangedScale *scale,
                        Error *error)
{
    const Postings *list = &leaf->terms[0]->lists[execution->segment_index];
    *ranged = (RangedList){.list = list,
                           .cursor = &execution->cursors[leaf->first_cursor],
                           .inverse = execution->plan->bm25->inverse,
                           .norms = execution->norms,
                           .kernels = execution->kernels,
                           .weight = leaf->weight};
    bool stored = list->range_bounds != NULL;
    double bound = (double)leaf->weight * (double)scale->slack;
    if (stored) bound *= (double)scale->correction;
    ranged->byte_weight = (float)bound_byte_step(bound);
    ranged->multiplier = multiplier_of(scale, bound);
    if (!stored) return load_all(ranged, execution, error);
    ranged->scored_block = UINT32_MAX;
    ranged->block_scores = arena_alloc_aligned(execution->arena,
                                               CURSOR_ROOM * sizeof(float));
    if (!ranged->block_scores) return fail_memory(error, "searching");
    ranged->kind = postings_is_bitmap(list) ? RANGED_BITMAP : RANGED_BLOCKS;
    ranged->ranges = list->range_bounds;
    ranged->windows = list->window_bounds;
    return OK;
}

void ranged_list_add_bounds(const RangedList *ranged, uint16_t *sums,
                            size_t range_count)
{
    ranged->kernels->add_bytes(sums, ranged->ranges, range_count,
                               ranged->multiplier);
}

/* A limit that at most `wanted` of the sums reach. */
static uint16_t seed_limit(const uint16_t *sums, const uint32_t *ranges,
                           size_t count, size_t wanted)
{
    uint32_t buckets[SEED_BUCKETS] = {0};
    for (size_t i = 0; i < count; i++) {
        buckets[sums[ranges[i]] / SEED_BUCKET_WIDTH]++;
    }
    size_t taken = 0;
    int bucket = SEED_BUCKETS;
    while (bucket > 1 && taken + buckets[bucket - 1] <= wanted) {
        taken += buckets[--bucket];
    }
    return bucket == SEED_BUCKETS ? UINT16_MAX
                                  : (uint16_t)(bucket * SEED_BUCKET_WIDTH);
}

size_t ranges_score_seeds(uint16_t *sums, uint32_t *ranges, size_t count,
                          size_t wanted, RangeScorer *score, void *self)
{
    if (count <= 2 * wanted) return count;
    uint16_t limit = seed_limit(sums, ranges, count, wanted);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t range = ranges[i];
        if (sums[range] < limit) {
            ranges[kept++] = range;
        } else {
            score(self, range);
            sums[range] = 0;
        }
    }
    return kept;
}

void ranged_list_rewind(RangedList *ranged)
{
    ranged->at = 0;
    list_cursor_rewind(ranged->cursor);
}

/* The first index from `at` on with a docid >= `docid`: galloping search
 * (Bentley and Yao, 1976). docs[count] is UINT32_MAX. */
static uint32_t gallop(const uint32_t *docs, uint32_t count, uint32_t at,
                       uint32_t docid)
{
    if (docs[at] >= docid) return at;
    uint32_t step = 1;
    while (count - at > step && docs[at + step] < docid) {
        at += step;
        step *= 2;
    }
    uint32_t high = count - at > step ? at + step : count;
    while (high - at > 1) {
        uint32_t middle = at + (high - at) / 2;
        if (docs[middle] < docid) {
            at = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

static void add_unpacked(RangedList *ranged, uint32_t first, uint64_t wanted,
                         double *sums)
{
    const uint32_t *docs = ranged->docs;
    uint32_t i = gallop(docs, ranged->count, ranged->at, first);
    ranged->at = i;
    for (; docs[i] - first < RANGE_DOCUMENTS; i++) {
        uint32_t slot = docs[i] - first;
        if (!(wanted >> slot & 1)) continue;
        sums[slot] += (double)ranged->scores[i];
    }
}

static float block_score(const RangedList *ranged, uint32_t i)
{
    const Block *view = &ranged->cursor->view;
    uint32_t tf = codec_get(view->tfs, view->tf_bits, i) + 1;
    uint32_t code = list_cursor_norm(ranged->cursor, i);
    return bm25_score(ranged->weight, tf, ranged->inverse[code]);
}

static void add_blocks(RangedList *ranged, uint32_t first, uint64_t wanted,
                       double *sums)
{
    ListCursor *cursor = ranged->cursor;
    uint32_t block_count = ranged->list->block_count;
    uint32_t i = list_cursor_enter(cursor, first);
    for (uint32_t block = cursor->block; block < block_count; i = 0) {
        for (; i < cursor->view.count; i++) {
            uint32_t slot = cursor->docs[i] - first;
            if (slot >= RANGE_DOCUMENTS) return;
            if (!(wanted >> slot & 1)) continue;
            sums[slot] += (double)block_score(ranged, i);
        }
        if (++block < block_count) list_cursor_load(cursor, block);
    }
}

/* Documents whose tf does not fit the tf stream. */
static void add_exceptions(RangedList *ranged, uint32_t first,
                           uint64_t exceptions, double *sums)
{
    for (; exceptions; exceptions &= exceptions - 1) {
        uint32_t slot = (uint32_t)__builtin_ctzll(exceptions);
        uint32_t ordinal = postings_rank(ranged->list, first + slot);
        uint32_t tf = postings_bitmap_tf(ranged->list, ordinal);
        float inverse = ranged->inverse[ranged->norms[first + slot]];
        sums[slot] += (double)bm25_score(ranged->weight, tf, inverse);
    }
}

static void add_bitmap(RangedList *ranged, uint32_t first, uint64_t wanted,
                       double *sums)
{
    const Postings *list = ranged->list;
    uint64_t bits = list->bits[first / 64];
    wanted &= bits;
    if (!wanted) return;
    BitmapRange range = {.bits = bits,
                         .wanted = wanted,
                         .tfs = list->tf_stream,
                         .tf_bits = list->tf_bits,
                         .ordinal = postings_rank(list, first),
                         .norms = ranged->norms + first,
                         .inverse = ranged->inverse,
                         .weight = ranged->weight};
    uint64_t exceptions = ranged->kernels->add_bitmap(&range, sums);
    if (exceptions) add_exceptions(ranged, first, exceptions, sums);
}

void ranged_list_add_range(RangedList *ranged, uint32_t range, uint64_t wanted,
                           double *sums)
{
    uint32_t first = range * RANGE_DOCUMENTS;
    switch (ranged->kind) {
    case RANGED_UNPACKED: add_unpacked(ranged, first, wanted, sums); break;
    case RANGED_BLOCKS: add_blocks(ranged, first, wanted, sums); break;
    case RANGED_BITMAP: add_bitmap(ranged, first, wanted, sums); break;
    }
}

static uint64_t unpacked_documents(RangedList *ranged, uint32_t first)
{
    const uint32_t *docs = ranged->docs;
    uint64_t documents = 0;
    uint32_t i = gallop(docs, ranged->count, ranged->at, first);
    ranged->at = i;
    for (; docs[i] - first < RANGE_DOCUMENTS; i++) {
        documents |= 1ull << (docs[i] - first);
    }
    return documents;
}

static uint64_t block_documents(RangedList *ranged, uint32_t first)
{
    ListCursor *cursor = ranged->cursor;
    uint32_t block_count = ranged->list->block_count;
    uint64_t documents = 0;
    uint32_t i = list_cursor_enter(cursor, first);
    for (uint32_t block = cursor->block; block < block_count; i = 0) {
        for (; i < cursor->view.count; i++) {
            uint32_t slot = cursor->docs[i] - first;
            if (slot >= RANGE_DOCUMENTS) return documents;
            documents |= 1ull << slot;
        }
        if (++block < block_count) list_cursor_load(cursor, block);
    }
    return documents;
}

uint64_t ranged_list_documents(RangedList *ranged, uint32_t range)
{
    uint32_t first = range * RANGE_DOCUMENTS;
    switch (ranged->kind) {
    case RANGED_UNPACKED: return unpacked_documents(ranged, first);
    case RANGED_BLOCKS: return block_documents(ranged, first);
    case RANGED_BITMAP: return ranged->list->bits[range];
    }
    return 0;
}

static uint64_t scatter_unpacked(RangedList *ranged, uint32_t first,
                                 uint64_t live, double *sums)
{
    uint32_t at = gallop(ranged->docs, ranged->count, ranged->at, first);
    ranged->at = at;
    WindowPostings postings = {ranged->docs + at, ranged->scores + at,
                               ranged->count - at, first, live};
    return ranged->kernels->add_window(&postings, sums);
}

/* The ranges of a window that a block may have postings in. */
static uint64_t block_ranges(const Postings *list, uint32_t block,
                             uint32_t first)
{
    uint32_t begin = block ? postings_last_docid(list, block - 1) + 1 : 0;
    uint32_t last = postings_last_docid(list, block) - first;
    uint64_t ranges = ~0ull;
    if (begin > first) ranges <<= (begin - first) / RANGE_DOCUMENTS;
    if (last < WINDOW_DOCUMENTS) {
        ranges &= ~0ull >> (WINDOW_RANGES - 1 - last / RANGE_DOCUMENTS);
    }
    return ranges;
}

static uint64_t scatter_blocks(RangedList *ranged, uint32_t first,
                               uint64_t live, double *sums)
{
    ListCursor *cursor = ranged->cursor;
    const Postings *list = ranged->list;
    uint64_t touched = 0;
    uint32_t block = list_cursor_find_block(cursor, first);
    for (; block < list->block_count; block++) {
        uint32_t begin = block ? postings_last_docid(list, block - 1) + 1 : 0;
        if (begin > first && begin - first >= WINDOW_DOCUMENTS) break;
        if (!(block_ranges(list, block, first) & live)) continue;
        list_cursor_load(cursor, block);
        if (ranged->scored_block != block) {
            list_cursor_block_scores(cursor, ranged->weight,
                                     ranged->block_scores);
            ranged->scored_block = block;
        }
        uint32_t at = begin < first ? list_cursor_below(cursor, first) : 0;
        WindowPostings postings = {cursor->docs + at, ranged->block_scores + at,
                                   cursor->view.count - at, first, live};
        touched |= ranged->kernels->add_window(&postings, sums);
    }
    return touched;
}

static uint64_t scatter_bitmap(RangedList *ranged, uint32_t first,
                               uint64_t live, double *sums)
{
    for (uint64_t rest = live; rest; rest &= rest - 1) {
        uint32_t slot = (uint32_t)__builtin_ctzll(rest) * RANGE_DOCUMENTS;
        add_bitmap(ranged, first + slot, ~0ull, sums + slot);
    }
    return live;
}

uint64_t ranged_list_add_window(RangedList *ranged, uint32_t window,
                                uint64_t live, double *sums)
{
    uint32_t first = window * WINDOW_DOCUMENTS;
    switch (ranged->kind) {
    case RANGED_UNPACKED: return scatter_unpacked(ranged, first, live, sums);
    case RANGED_BLOCKS: return scatter_blocks(ranged, first, live, sums);
    case RANGED_BITMAP: return scatter_bitmap(ranged, first, live, sums);
    }
    return 0;
}

bool ranged_list_look_up(RangedList *ranged, uint32_t docid, float *score)
{
    if (ranged->kind == RANGED_UNPACKED) {
        uint32_t at = gallop(ranged->docs, ranged->count, ranged->at, docid);
        ranged->at = at;
        *score = ranged->scores[at];
        return ranged->docs[at] == docid;
    }
    if (!list_cursor_find(ranged->cursor, docid)) return false;
    *score = list_cursor_score(ranged->cursor, docid);
    return true;
}
