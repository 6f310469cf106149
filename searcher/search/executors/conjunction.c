/* conjunction.c - the k best where words are required, document-at-a-time by
 * the rarest of them.
 *
 * A flat group of plain words: required ones, optional ones that add to the
 * score, excluded ones. The lead is the rarest required word.
 *
 * If the lead is rare its list is walked block by block. A block whose bound
 * cannot reach the threshold is not unpacked (block-max pruning: Ding and Suel,
 * Faster Top-k Document Retrieval Using Block-Max Indexes, 2011); its postings
 * become candidates, of which those are dropped whose range has a byte 0 for a
 * required word (the word is in none of these 64 documents) or whose bounds in
 * all do not reach the threshold. The rest is looked up, bitmaps first.
 *
 * If the lead is frequent, all required words have range bounds (or get them,
 * see are_ranges_worthwhile). These are summed; ranges without one of the
 * required words are dropped; in the others the documents with all required
 * words come from bitmaps and short walks. If most ranges are left, the lead is
 * walked.
 *
 * No stored k-th best value applies: k documents reach it, but not k documents
 * that have the other required words too.
 */
#include "common/segment/score_bounds.h"
#include "searcher/search/executors/bounds.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/ranged_list.h"
#include "searcher/search/executors/required_words.h"

#include <float.h>

enum {
    SEED_RANGES = 8,
    SEED_SHARE = 16,  /* k / SEED_SHARE more ranges are scored first */
    LOOK_UP_COST = 8, /* of a document, in postings unpacked and scored */
    FEW_SUMS = 12,    /* up to this many are cleared one by one */
    WALK_COST = 10    /* of a block of the lead, in ranges */
};

/* A required or optional word. */
typedef struct Clause {
    const PlanNode *leaf;
    const Postings *list;
    ListCursor *cursor;
    float byte_weight; /* of list->range_bounds */
    float max_score;   /* upper bound of its scores */
    float rest;        /* sum of `max_score` of the later clauses */
    bool required;
    bool matched; /* intersected block by block, before documents are looked up
                   */
} Clause;

typedef struct Conjunction {
    Execution *x;
    const PlanNode *root;
    float correction;
    bool exact_sums;
    Clause *clauses; /* required ones first, rarest first; then optional */
    size_t required_count, clause_count;
    /* dense */
    RangedList *lists; /* in the order of the clauses */
    RangedScale scale;
    double *must, *should; /* 64 sums each, of the current range */
    uint16_t *sums;
    uint32_t *kept_ranges;
} Conjunction;

/* The score is rounded to float twice on the way from the sums. */
static double needed_sum(const Conjunction *c, uint32_t docid)
{
    double needed = (double)collector_needed(c->x->collector,
                                             c->x->first_docid + docid);
    return needed * (1.0 - 0x1p-21);
}

static bool is_excluded(const Conjunction *c, uint32_t docid)
{
    Execution *x = c->x;
    if (!execution_is_live(x, docid)) return true;
    for (size_t i = 0; i < c->root->excluded_count; i++) {
        const PlanNode *leaf = c->root->excluded[i];
        if (leaf->terms[0]->lists[x->segment_index].df &&
            list_cursor_find(&x->cursors[leaf->first_cursor], docid)) {
            return true;
        }
    }
    return false;
}

/* Collects a document that has all required words. */
static void collect(Conjunction *c, uint32_t docid, double must, double should)
{
    if (is_excluded(c, docid)) return;
    float score = (float)must + (float)should;
    if (!c->exact_sums) {
        execution_rewind(c->x);
        score_document(c->x, c->root, docid, &score);
    }
    collector_push(c->x->collector, score, c->x->first_docid + docid);
}

/* ---- a rare lead ---- */

static void prune_candidates(const Conjunction *c, CandidateBlock *candidates,
                             float needed)
{
    const RangeKernels *kernels = c->x->kernels;
    for (size_t i = 1; candidates->count && i < c->clause_count; i++) {
        const Clause *clause = &c->clauses[i];
        if (!clause->list->range_bounds) continue;
        PruneFilter filter = {clause->list->range_bounds, clause->byte_weight,
                              clause->max_score, needed, clause->required};
        kernels->prune_by_ranges(candidates, &filter);
    }
    for (size_t i = 1; candidates->count && i < c->required_count; i++) {
        const Postings *list = c->clauses[i].list;
        if (postings_is_bitmap(list)) {
            kernels->prune_by_bits(candidates, list->bits);
        }
    }
}

/* What the clause contributes to the bound of a candidate once filters have
 * run. */
static float clause_bound(const Clause *clause, uint32_t docid)
{
    const uint8_t *bytes = clause->list->range_bounds;
    if (!bytes) return clause->max_score;
    return (float)bytes[docid / RANGE_DOCUMENTS] * clause->byte_weight;
}

/* Keeps the candidates that a required list has too and adds its scores. */
static void match_clause(const Clause *clause, CandidateBlock *candidates,
                         float needed)
{
    uint8_t found[CANDIDATE_BLOCK_ROOM];
    float scores[CANDIDATE_BLOCK_ROOM];
    uint32_t count = list_cursor_match(clause->cursor, candidates->docs,
                                       candidates->count, found, scores);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = found[i];
        uint32_t docid = candidates->docs[at];
        float bound = candidates->bounds[at] - clause_bound(clause, docid) +
                      scores[i] * BOUND_MARGIN;
        candidates->docs[kept] = docid;
        candidates->sums[kept] = candidates->sums[at] + (double)scores[i];
        candidates->bounds[kept] = bound;
        kept += bound >= needed;
    }
    candidates->count = kept;
}

static void match_required(const Conjunction *c, CandidateBlock *candidates,
                           float needed)
{
    for (uint32_t i = 0; i < candidates->count; i++) {
        candidates->sums[i] = (double)candidates->scores[i];
    }
    for (size_t i = 1; candidates->count && i < c->required_count; i++) {
        if (c->clauses[i].matched)
            match_clause(&c->clauses[i], candidates, needed);
    }
}

/* Looks up the words that were not intersected; collects the document if it has
 * all required ones. */
static void look_up(Conjunction *c, uint32_t docid, double must)
{
    double should = 0.0, needed = needed_sum(c, docid);
    for (size_t i = 1; i < c->clause_count; i++) {
        const Clause *clause = &c->clauses[i];
        if (clause->matched) continue;
        if (list_cursor_find(clause->cursor, docid)) {
            float score = list_cursor_score(clause->cursor, docid);
            *(clause->required ? &must : &should) += (double)score;
        } else if (clause->required) {
            return;
        }
        if (must + should + (double)clause->rest < needed) return;
    }
    collect(c, docid, must, should);
}

/* Prefetches the cache lines of bitmaps and norms that look_up needs, so that
 * their misses overlap. */
static void fetch_ahead(const Conjunction *c, const CandidateBlock *candidates)
{
    for (size_t i = 1; i < c->clause_count; i++) {
        const Postings *list = c->clauses[i].list;
        if (!postings_is_bitmap(list)) continue;
        for (uint32_t j = 0; j < candidates->count; j++) {
            uint32_t docid = candidates->docs[j];
            PREFETCH(&list->bits[docid / 64]);
            PREFETCH(&list->ranks[docid / BITMAP_RANK_DOCUMENTS]);
            PREFETCH(&c->x->norms[docid]);
        }
    }
}

static void score_candidates(Conjunction *c, CandidateBlock *candidates)
{
    float needed = c->x->collector->threshold * (1.0f - 0x1p-20f);
    c->x->kernels->prune_by_score(candidates, c->clauses[0].rest, needed);
    prune_candidates(c, candidates, needed);
    match_required(c, candidates, needed);
    fetch_ahead(c, candidates);
    c->x->counters.documents_scored += candidates->count;
    for (uint32_t i = 0; i < candidates->count; i++) {
        look_up(c, candidates->docs[i], candidates->sums[i]);
    }
}

static void walk_inline_lead(Conjunction *c, CandidateBlock *candidates)
{
    const Clause *lead = &c->clauses[0];
    uint32_t docid = lead->list->docid;
    float inverse = lead->cursor->inverse[lead->cursor->norms[docid]];
    candidates->docs[0] = docid;
    candidates->scores[0] = bm25_score(lead->cursor->weight, lead->list->tf,
                                       inverse);
    candidates->count = 1;
    score_candidates(c, candidates);
}

static void walk_lead_block(Conjunction *c, CandidateBlock *candidates,
                            uint32_t block)
{
    ListCursor *cursor = c->clauses[0].cursor;
    list_cursor_load(cursor, block);
    const Block *view = &cursor->view;
    list_cursor_block_scores(cursor, cursor->weight, candidates->scores);
    memcpy(candidates->docs, cursor->docs,
           view->count * sizeof *candidates->docs);
    candidates->count = view->count;
    score_candidates(c, candidates);
}

static void walk_lead(Conjunction *c)
{
    CandidateBlock candidates;
    const Clause *lead = &c->clauses[0];
    const Postings *list = lead->list;
    c->x->counters.executor = "conjunction, by the rarest word";
    if (postings_is_inline(list)) {
        walk_inline_lead(c, &candidates);
        return;
    }
    double byte_weight = bound_byte_step(
        (double)lead->leaf->weight * (double)c->correction * (1.0 + 0x1p-20));
    for (uint32_t block = 0; block < list->block_count; block++) {
        double bound = (double)lead->max_score;
        if (postings_has_directory(list)) {
            bound = postings_block_bound(list, block) * byte_weight;
        }
        bound += (double)c->clauses[0].rest * (1.0 + 0x1p-20);
        if (bound < (double)c->x->collector->threshold) continue;
        walk_lead_block(c, &candidates, block);
    }
}

/* ---- a frequent lead ---- */

/* The documents of a range that have all required words. */
static uint64_t common_documents(Conjunction *c, uint32_t range)
{
    uint64_t common = ~0ull;
    for (size_t i = 0; i < c->required_count; i++) {
        const Postings *list = c->lists[i].list;
        if (postings_is_bitmap(list)) common &= list->bits[range];
    }
    for (size_t i = 0; common && i < c->required_count; i++) {
        if (c->lists[i].kind == RANGED_BITMAP) continue;
        common &= ranged_list_documents(&c->lists[i], range);
    }
    return common;
}

/* What the clauses from `first` on can add to a document of the range. */
static double bound_from(const Conjunction *c, uint32_t range, size_t first)
{
    double bound = 0.0;
    for (size_t i = first; i < c->clause_count; i++) {
        const RangedList *list = &c->lists[i];
        bound += (double)list->ranges[range] * (double)list->byte_weight;
    }
    return bound;
}

/* Sums the scores of a range clause by clause, for the documents that can still
 * be among the k best; returns which are left. */
static uint64_t add_clauses(Conjunction *c, uint32_t range, uint64_t wanted,
                            double *must, double *should)
{
    const RangeKernels *kernels = c->x->kernels;
    double needed = needed_sum(c, range * RANGE_DOCUMENTS);
    double rest = bound_from(c, range, 0);
    for (size_t i = 0; wanted && i < c->clause_count; i++) {
        RangedList *list = &c->lists[i];
        uint8_t byte = list->ranges[range];
        if (!byte) continue;
        bool required = i < c->required_count;
        ranged_list_add_range(list, range, wanted, required ? must : should);
        rest -= (double)byte * (double)list->byte_weight;
        if (required && i + 1 < c->clause_count) {
            wanted &= kernels->at_least(must, needed - rest);
        }
    }
    return wanted;
}

/* Clears the sums of these documents; no others will be read. */
static void clear_sums(Conjunction *c, uint64_t documents)
{
    if (__builtin_popcountll(documents) > FEW_SUMS) {
        c->x->kernels->clear(c->must);
        c->x->kernels->clear(c->should);
        return;
    }
    for (; documents; documents &= documents - 1) {
        int slot = __builtin_ctzll(documents);
        c->must[slot] = 0.0;
        c->should[slot] = 0.0;
    }
}

static void score_range(void *self, uint32_t range)
{
    Conjunction *c = self;
    uint64_t common = common_documents(c, range);
    if (!common) return;
    c->x->counters.ranges_scored++;
    double *must = c->must, *should = c->should;
    clear_sums(c, common);
    common = add_clauses(c, range, common, must, should);
    c->x->counters.documents_scored += (uint64_t)__builtin_popcountll(common);
    double needed = needed_sum(c, range * RANGE_DOCUMENTS);
    for (; common; common &= common - 1) {
        uint32_t slot = (uint32_t)__builtin_ctzll(common);
        if (must[slot] + should[slot] < needed) continue;
        collect(c, range * RANGE_DOCUMENTS + slot, must[slot], should[slot]);
    }
}

static uint16_t min_sum(const Conjunction *c, uint32_t range)
{
    float needed = (float)needed_sum(c, range * RANGE_DOCUMENTS);
    return ranged_min_sum(&c->scale, needed);
}

static Status sum_bounds(Conjunction *c, Error *error)
{
    Execution *x = c->x;
    const RangeKernels *kernels = x->kernels;
    size_t ranges = x->segment->range_count;
    c->scale = ranged_scale(c->correction, plan_weight_sum(c->root),
                            c->clause_count);
    for (size_t i = 0; i < c->clause_count; i++) {
        RangedList *list = &c->lists[i];
        Status status = ranged_list_init(list, x, c->clauses[i].leaf, &c->scale,
                                         error);
        if (status != OK) return status;
        if (i == 0) {
            kernels->add_bytes(c->sums, list->ranges, ranges, list->multiplier);
        } else if (i < c->required_count) {
            kernels->require_bytes(c->sums, list->ranges, ranges,
                                   list->multiplier);
        } else {
            kernels->prefer_bytes(c->sums, list->ranges, ranges,
                                  list->multiplier);
        }
    }
    return OK;
}

static void score_kept_ranges(Conjunction *c, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t range = c->kept_ranges[i];
        if (c->sums[range] >= min_sum(c, range)) score_range(c, range);
    }
}

static void rewind_all(Conjunction *c)
{
    execution_rewind(c->x);
    for (size_t i = 0; i < c->clause_count; i++) {
        ranged_list_rewind(&c->lists[i]);
    }
}

/* Whether enough ranges are left that walking the lead's list costs less.
 * Never with optional words, which would have to be looked up. */
static bool is_walk_worthwhile(const Conjunction *c, size_t ranges)
{
    return c->clause_count == c->required_count &&
           c->lists[0].kind == RANGED_BLOCKS &&
           ranges / WALK_COST > c->clauses[0].list->block_count;
}

static Status search_ranges(Conjunction *c, Error *error)
{
    Execution *x = c->x;
    size_t room = (size_t)x->segment->range_count + 128;
    c->lists = arena_alloc(x->arena, c->clause_count * sizeof *c->lists);
    c->sums = arena_alloc_aligned(x->arena, room * sizeof *c->sums);
    c->kept_ranges = arena_alloc(x->arena, room * sizeof *c->kept_ranges);
    size_t sums_bytes = RANGE_DOCUMENTS * sizeof *c->must;
    c->must = arena_alloc_aligned(x->arena, sums_bytes);
    c->should = arena_alloc_aligned(x->arena, sums_bytes);
    if (x->arena->status != OK) return fail_memory(error, "searching");
    memset(c->sums, 0, room * sizeof *c->sums);
    memset(c->must, 0, sums_bytes);
    memset(c->should, 0, sums_bytes);
    Status status = sum_bounds(c, error);
    if (status != OK) return status;
    size_t count = x->kernels->select_ranges(c->sums, x->segment->range_count,
                                             min_sum(c, 0), c->kept_ranges);
    if (is_walk_worthwhile(c, count)) {
        walk_lead(c);
        return OK;
    }
    x->counters.executor = "conjunction, range by range";
    count = ranges_score_seeds(c->sums, c->kept_ranges, count,
                               SEED_RANGES + x->collector->k / SEED_SHARE,
                               score_range, c);
    rewind_all(c);
    score_kept_ranges(c, count);
    return OK;
}

/* ---- both ---- */

static void add_clause(Conjunction *c, const PlanNode *leaf, bool required)
{
    Execution *x = c->x;
    const Postings *list = &leaf->terms[0]->lists[x->segment_index];
    double bound = (double)leaf->weight * (1.0 + 0x1p-20);
    Clause clause = {.leaf = leaf,
                     .list = list,
                     .cursor = &x->cursors[leaf->first_cursor],
                     .required = required};
    double corrected = bound * (double)c->correction;
    clause.byte_weight = (float)bound_byte_step(corrected);
    double max_score = bound_word_score(corrected, list->max) * (1.0 + 0x1p-20);
    clause.max_score = (float)(max_score < bound ? max_score : bound);
    c->clauses[c->clause_count++] = clause;
}

static Status take_clauses(Conjunction *c, bool *possible, Error *error)
{
    size_t segment = c->x->segment_index;
    const PlanNode *root = c->root;
    RequiredWords words;
    Status status = required_words_take(c->x, &words, error);
    if (status != OK) return status;
    size_t room = root->must_count + root->should_count;
    c->clauses = arena_alloc(c->x->arena, room * sizeof *c->clauses);
    if (!c->clauses) return fail_memory(error, "searching");
    *possible = words.words[0].list->df > 0;
    for (size_t i = 0; i < words.count; i++) {
        add_clause(c, words.words[i].leaf, true);
    }
    c->required_count = c->clause_count;
    for (size_t i = 0; i < root->should_count; i++) {
        if (!root->should[i]->terms[0]->lists[segment].df) continue;
        add_clause(c, root->should[i], false);
    }
    double rest = 0.0;
    for (size_t i = c->clause_count; i-- > 0;) {
        Clause *clause = &c->clauses[i];
        clause->rest = (float)(rest * (1.0 + 0x1p-20));
        clause->matched = i > 0 && clause->required &&
                          !postings_is_bitmap(clause->list);
        rest += (double)clause->max_score;
    }
    return OK;
}

/* Whether to sum range bounds instead of walking the lead's list: always if the
 * lead is frequent; otherwise if its documents would have to be looked up in so
 * many optional lists without bounds that unpacking those is cheaper. */
static bool are_ranges_worthwhile(const Conjunction *c)
{
    if (c->clauses[0].list->range_bounds) return true;
    uint64_t unpacked = 0, without_bounds = 0;
    for (size_t i = 0; i < c->clause_count; i++) {
        const Postings *list = c->clauses[i].list;
        if (list->range_bounds) continue;
        unpacked += list->df;
        without_bounds += i >= c->required_count;
    }
    uint64_t looked_up = c->clauses[0].list->df * without_bounds;
    return looked_up * LOOK_UP_COST > unpacked + c->x->segment->range_count;
}

Status execute_conjunction(Execution *x, float correction, Error *error)
{
    Conjunction c = {.x = x,
                     .root = x->plan->root,
                     .correction = correction,
                     .exact_sums = execution_sums(x) == SUMS_EXACT};
    bool possible = false;
    x->counters.executor = "conjunction, no document has all words";
    Status status = take_clauses(&c, &possible, error);
    if (status != OK || !possible) return status;
    if (are_ranges_worthwhile(&c)) return search_ranges(&c, error);
    walk_lead(&c);
    return OK;
}
