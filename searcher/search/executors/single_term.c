/* single_term.c - the k best documents of one word.
 *
 * A frequent term has a champion list: its 1,024 best postings, best first. Its
 * first k are the answer, unless k is too large, or rounding makes the k-th
 * score equal to the next. Removed documents are passed over. Under another
 * average length (or k1, b) than the list was made with, champions are scored
 * again, until the k best of them exceed what the ratio of the parameters
 * allows all later ones.
 *
 * Otherwise the stored k-th best value is the threshold from the start, and
 * blocks with a lower bound are skipped (block-max pruning: Ding and Suel,
 * Faster Top-k Document Retrieval Using Block-Max Indexes, 2011). In a bitmap,
 * ranges with a lower bound are skipped; in the others no score is computed to
 * see that it is too low: with x = threshold / weight a document needs tf * c
 * >= x / (1 - x), which is a minimum tf for each norm code.
 */
#include "common/segment/score_bounds.h"
#include "searcher/search/executors/bounds.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/ranged_list.h"

#include "common/segment/postings/champions.h"

#include <math.h>

static void collect_block(Execution *x, const ListCursor *cursor)
{
    float scores[CURSOR_ROOM];
    list_cursor_block_scores(cursor, cursor->weight, scores);
    float needed = x->collector->threshold;
    x->counters.documents_scored += cursor->view.count;
    for (uint32_t i = 0; i < cursor->view.count; i++) {
        if (scores[i] < needed || !execution_is_live(x, cursor->docs[i]))
            continue;
        collector_push(x->collector, scores[i],
                       x->first_docid + cursor->docs[i]);
    }
}

static void collect_inline(Execution *x, const PlanNode *leaf,
                           const Postings *list)
{
    float inverse = x->plan->bm25->inverse[x->norms[list->docid]];
    x->counters.executor = "single term, one posting";
    if (!execution_is_live(x, list->docid)) return;
    x->counters.documents_scored++;
    collector_push(x->collector, bm25_score(leaf->weight, list->tf, inverse),
                   x->first_docid + list->docid);
}

static float champion_score(const Execution *x, const PlanNode *leaf,
                            const Champion *champion)
{
    float inverse = x->plan->bm25->inverse[champion->code];
    return bm25_score(leaf->weight, champion->tf, inverse);
}

static bool same_product(const Champions *champions, uint32_t i,
                         const Champion *last)
{
    Champion champion = champion_at(champions, i);
    return champion.tf == last->tf && champion.code == last->code;
}

static bool scores_less(const Execution *x, const PlanNode *leaf,
                        const Champions *champions, uint32_t i,
                        const Champion *last)
{
    Champion champion = champion_at(champions, i);
    return champion_score(x, leaf, &champion) < champion_score(x, leaf, last);
}

/* Whether no posting of the segment can have a smaller product but, through
 * rounding, the same score. */
static bool nothing_ties(const Execution *x, const PlanNode *leaf,
                         const Champion *last)
{
    const uint8_t *codes = x->segment->norm_codes;
    const float *inverse = x->plan->bm25->inverse;
    float product = (float)last->tf * inverse[last->code];
    float score = champion_score(x, leaf, last);
    for (uint32_t code = 1; code < NORM_CODES; code++) {
        if (!(codes[code / 8] >> (code % 8) & 1)) continue;
        double below = ceil((double)product / (double)inverse[code]) - 1.0;
        for (double tf = below + 1.0; tf >= 1.0 && tf >= below - 1.0; tf--) {
            if ((float)tf * inverse[code] < product &&
                bm25_score_frequency(leaf->weight, (float)tf, inverse[code]) ==
                    score) {
                return false;
            }
        }
    }
    return true;
}

/* How many champions have to be read for the k best live documents of the list;
 * 0 if they are not all among the champions. Champions are ordered by tf * c,
 * with which scores never fall, then by docid. So the first k are the k best,
 * unless the next has a smaller product but, through rounding, the same score.
 */
static uint32_t count_champions(const Execution *x, const PlanNode *leaf,
                                const Champions *champions)
{
    uint32_t end = x->collector->k;
    if (x->live) {
        uint32_t left = end;
        for (end = 0; left && end < champions->count; end++)
            left -= execution_is_live(x, champion_at(champions, end).docid);
        if (left) return 0;
    }
    if (end >= champions->count) return 0;
    Champion last = champion_at(champions, end - 1);
    uint32_t next = end;
    while (next < champions->count && same_product(champions, next, &last))
        next++;
    bool others_are_lower = next < champions->count
                                ? scores_less(x, leaf, champions, next, &last)
                                : nothing_ties(x, leaf, &last);
    return others_are_lower ? end : 0;
}

static void collect_champions(Execution *x, const PlanNode *leaf,
                              const Champions *champions, uint32_t count)
{
    x->counters.executor = "single term, champion list";
    x->counters.documents_scored += count;
    for (uint32_t i = 0; i < count; i++) {
        Champion champion = champion_at(champions, i);
        if (!execution_is_live(x, champion.docid)) continue;
        collector_push(x->collector, champion_score(x, leaf, &champion),
                       x->first_docid + champion.docid);
    }
}

/* What a posting can score under the query's parameters whose product under the
 * segment's own is at most the champion's. */
static double later_score(const Execution *x, const PlanNode *leaf,
                          const Champion *champion)
{
    const SegmentScale *scale = x->scale;
    double product = (double)champion->tf *
                     (double)scale->own.inverse[champion->code] *
                     (double)scale->product;
    return (double)leaf->weight * (1.0 - 1.0 / (1.0 + product)) *
           (1.0 + 0x1p-20);
}

/* The best k champions under other parameters. True if they are the k best of
 * the list. */
static bool rank_champions(const Execution *x, const PlanNode *leaf,
                           const Champions *champions, Collector *best)
{
    double later = (double)INFINITY;
    for (uint32_t i = 0; i < champions->count; i++) {
        Champion champion = champion_at(champions, i);
        later = later_score(x, leaf, &champion);
        if ((double)best->threshold > later) return true;
        if (!execution_is_live(x, champion.docid)) continue;
        collector_push(best, champion_score(x, leaf, &champion),
                       x->first_docid + champion.docid);
    }
    return (double)best->threshold > later;
}

/* Collects the champions if they are the answer under other parameters. If not,
 * the k-th of them is a threshold that k documents are known to reach. */
static Status collect_ranked(Execution *x, const PlanNode *leaf,
                             const Champions *champions, bool *done,
                             Error *error)
{
    Collector best;
    *done = false;
    if (x->collector->k > champions->count) return OK;
    Status status = collector_init(&best, x->collector->k, leaf->weight, 0.0f,
                                   x->arena, error);
    if (status != OK) return status;
    *done = rank_champions(x, leaf, champions, &best);
    collector_finish(&best);
    if (!*done) {
        if (best.count == best.k)
            collector_raise(x->collector, key_score(best.keys[best.k - 1]));
        return OK;
    }
    x->counters.executor = "single term, champion list";
    for (size_t i = 0; i < best.count; i++) {
        collector_push(x->collector, key_score(best.keys[i]),
                       key_docid(best.keys[i]));
    }
    return OK;
}

static double byte_weight_of(const PlanNode *leaf, float correction)
{
    return bound_byte_step((double)leaf->weight * (double)correction *
                           (1.0 + 0x1p-20));
}

static void collect_blocks(Execution *x, const PlanNode *leaf,
                           const Postings *list, float correction)
{
    ListCursor *cursor = &x->cursors[leaf->first_cursor];
    double byte_weight = byte_weight_of(leaf, correction);
    x->counters.executor = "single term, block by block";
    for (uint32_t block = 0; block < list->block_count; block++) {
        double bound = (double)leaf->weight;
        if (postings_has_directory(list)) {
            bound = postings_block_bound(list, block) * byte_weight;
        }
        if (bound < (double)x->collector->threshold) continue;
        list_cursor_load(cursor, block);
        collect_block(x, cursor);
    }
}

/* Ranges that wait while the cache lines they need are fetched. */
enum { AHEAD = 32 };

typedef struct BitmapSearch {
    Execution *x;
    const PlanNode *leaf;
    const Postings *list;
    double byte_weight;
    float needed;                /* which `min_tfs` was made for */
    uint8_t min_tfs[NORM_CODES]; /* minimum tf - 1, rounded down */
    uint32_t ranges[AHEAD];      /* that wait */
    uint32_t count;
} BitmapSearch;

/* The tf of exceptions is always looked up, so 254 is high enough. */
static void set_min_tfs(BitmapSearch *b, float needed)
{
    float x = needed / b->leaf->weight;
    float product = x < 1.0f ? x / (1.0f - x) * (1.0f - 0x1p-16f) : 0.0f;
    for (int code = 0; code < NORM_CODES; code++) {
        float tf = product / b->x->plan->bm25->inverse[code];
        float above_one = tf > 1.0f ? tf - 1.0f : 0.0f; /* also for NaN */
        b->min_tfs[code] = (uint8_t)(above_one < 254.0f ? above_one : 254.0f);
    }
    b->needed = needed;
}

static void collect_bitmap_range(BitmapSearch *b, uint32_t range,
                                 uint32_t ordinal)
{
    Execution *x = b->x;
    const Postings *list = b->list;
    uint32_t first = range * RANGE_DOCUMENTS;
    uint64_t live = x->live ? x->live[range] : ~0ull;
    BitmapRange postings = {.bits = list->bits[range],
                            .wanted = list->bits[range] & live,
                            .tfs = list->tf_stream,
                            .tf_bits = list->tf_bits,
                            .ordinal = ordinal,
                            .norms = x->norms + first};
    uint64_t high = x->kernels->high_tf(&postings, b->min_tfs);
    x->counters.documents_scored += (uint64_t)__builtin_popcountll(high);
    for (; high; high &= high - 1) {
        uint32_t slot = (uint32_t)__builtin_ctzll(high);
        uint64_t before = list->bits[range] & ((1ull << slot) - 1);
        uint32_t at = ordinal + (uint32_t)__builtin_popcountll(before);
        float score = bm25_score(
            b->leaf->weight, postings_bitmap_tf(list, at),
            x->plan->bm25->inverse[x->norms[first + slot]]);
        collector_push(x->collector, score, x->first_docid + first + slot);
    }
}

/* The bits have been prefetched; prefetches the tfs, then scores the ranges. */
static void collect_waiting(BitmapSearch *b)
{
    uint32_t ordinals[AHEAD];
    for (uint32_t i = 0; i < b->count; i++) {
        ordinals[i] = postings_rank(b->list, b->ranges[i] * RANGE_DOCUMENTS);
        PREFETCH(b->list->tf_stream +
                 (size_t)ordinals[i] * b->list->tf_bits / 8);
    }
    for (uint32_t i = 0; i < b->count; i++) {
        collect_bitmap_range(b, b->ranges[i], ordinals[i]);
    }
    b->x->counters.ranges_scored += b->count;
    b->count = 0;
}

static void add_range(BitmapSearch *b, uint32_t range)
{
    PREFETCH(&b->list->bits[range]);
    PREFETCH(&b->list->ranks[range * RANGE_DOCUMENTS / BITMAP_RANK_DOCUMENTS]);
    PREFETCH(b->x->norms + (size_t)range * RANGE_DOCUMENTS);
    b->ranges[b->count++] = range;
    if (b->count == AHEAD) collect_waiting(b);
}

/* The smallest byte whose bound reaches `needed`. */
static uint8_t min_byte(const BitmapSearch *b, float needed)
{
    double byte = (double)needed / b->byte_weight * (1.0 - 0x1p-20);
    return byte < 1.0 ? 1 : byte < BOUND_BYTE_ONE ? (uint8_t)byte : 255;
}

static void collect_bitmap(Execution *x, const PlanNode *leaf,
                           const Postings *list, float correction)
{
    BitmapSearch b = {.x = x,
                      .leaf = leaf,
                      .list = list,
                      .byte_weight = byte_weight_of(leaf, correction),
                      .needed = -1.0f};
    x->counters.executor = "single term, bitmap";
    for (uint32_t w = 0; w < x->segment->window_count; w++) {
        float needed = collector_needed(x->collector,
                                        x->first_docid + w * WINDOW_DOCUMENTS);
        uint8_t byte = min_byte(&b, needed);
        if (list->window_bounds[w] < byte) continue;
        if (needed > b.needed) set_min_tfs(&b, needed);
        const uint8_t *bytes = list->range_bounds + (size_t)w * WINDOW_RANGES;
        uint64_t live = x->kernels->live_bytes(bytes, byte);
        for (; live; live &= live - 1) {
            add_range(&b, w * WINDOW_RANGES + (uint32_t)__builtin_ctzll(live));
        }
    }
    collect_waiting(&b);
}

/* *done is false if the champions are not the answer. */
static Status search_champions(Execution *x, const PlanNode *leaf,
                               const Postings *list, bool *done, Error *error)
{
    Champions champions = champions_find(x->segment, list);
    *done = false;
    if (!champions.count) return OK;
    if (!x->scale->is_own)
        return collect_ranked(x, leaf, &champions, done, error);
    uint32_t count = count_champions(x, leaf, &champions);
    *done = count > 0;
    if (*done) collect_champions(x, leaf, &champions, count);
    return OK;
}

Status execute_single_term(Execution *x, float correction, Error *error)
{
    const PlanNode *root = x->plan->root;
    const Postings *list = &root->terms[0]->lists[x->segment_index];
    bool done = !list->df;
    Status status = OK;
    if (!done) status = search_champions(x, root, list, &done, error);
    if (status != OK || done) return status;
    /* Without a threshold, execute_union scores the ranges with the highest
     * bounds first. */
    if (list->range_bounds && !(x->collector->threshold > 0.0f))
        return execute_union(x, correction, error);
    if (postings_is_bitmap(list) && !list->range_bounds)
        return execute_exhaustive(x, error);
    if (postings_is_bitmap(list)) {
        collect_bitmap(x, root, list, correction);
    } else if (postings_is_inline(list)) {
        collect_inline(x, root, list);
    } else {
        collect_blocks(x, root, list, correction);
    }
    return OK;
}
