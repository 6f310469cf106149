/* bounded_tree.c - the k best of any plan: nested groups, phrases, fields.
 *
 * Block-max pruning generalised to trees: the bounds of each range of 64
 * documents are combined as the plan is. Required clauses add up where all of
 * them have a bound, optional ones where the required have one, alternatives
 * anywhere; excluded clauses change nothing. A phrase is bounded by the minimum
 * over its words, a synonym by the sum. Ranges that reach the threshold are
 * evaluated one by one, those with the highest bounds first.
 *
 * Each clause's bounds are freed once they have been added, so memory grows
 * with the depth of the plan, not with its size.
 */
#include "searcher/search/executors/bounds.h"
#include "searcher/search/executors/evaluator.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/ranged_list.h"

enum { SEED_RANGES = 16 };

typedef struct BoundedTree {
    Execution *x;
    RangedScale scale;
    size_t room; /* elements of arrays with one element a range */
    uint16_t *sums;
    uint32_t *kept_ranges;
    Evaluator evaluator;
} BoundedTree;

static Status node_sums(BoundedTree *t, const PlanNode *node, uint16_t *sums,
                        Error *error);

static uint16_t *new_sums(BoundedTree *t)
{
    uint16_t *sums = arena_alloc_aligned(t->x->arena, t->room * sizeof *sums);
    return sums ? memset(sums, 0, t->room * sizeof *sums) : NULL;
}

static uint8_t *new_bytes(BoundedTree *t)
{
    uint8_t *bytes = arena_alloc_aligned(t->x->arena, t->room);
    return bytes ? memset(bytes, 0, t->room) : NULL;
}

static uint8_t saturating_byte(uint32_t a, uint32_t b)
{
    return a + b < UINT8_MAX ? (uint8_t)(a + b) : UINT8_MAX;
}

static uint16_t saturating_word(uint32_t a, uint32_t b)
{
    return a + b < UINT16_MAX ? (uint16_t)(a + b) : UINT16_MAX;
}

typedef struct ByteVisit {
    uint8_t *bytes;
    uint8_t byte;
    uint32_t last; /* the range marked last */
} ByteVisit;

static void mark_range(void *self, uint32_t docid, uint32_t tf)
{
    ByteVisit *visit = self;
    uint32_t range = docid / RANGE_DOCUMENTS;
    (void)tf;
    if (range == visit->last) return;
    visit->last = range;
    visit->bytes[range] = saturating_byte(visit->bytes[range], visit->byte);
}

/* `restrict` lets compilers vectorise the loop. */
static void add_saturating(uint8_t *restrict bytes,
                           const uint8_t *restrict others, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bytes[i] = saturating_byte(bytes[i], others[i]);
    }
}

/* Adds a term's bounds: 255ths of x, as the segment stores them. */
static void add_term_bytes(BoundedTree *t, const Postings *list,
                           ListCursor *cursor, uint8_t *bytes)
{
    uint32_t ranges = t->x->segment->range_count;
    if (!list->df) return;
    if (list->range_bounds) {
        add_saturating(bytes, list->range_bounds, ranges);
        return;
    }
    /* One bound for the whole list, in the ranges where it has postings. */
    uint8_t byte = (uint8_t)(list->max / 257);
    ByteVisit visit = {bytes, saturating_byte(byte, 1), UINT32_MAX};
    list_cursor_visit(cursor, 0, t->x->segment->document_count, mark_range,
                      &visit);
    list_cursor_rewind(cursor);
}

static void add_terms_bytes(BoundedTree *t, PlanTerm *const *terms,
                            size_t count, uint32_t cursor_index, uint8_t *bytes)
{
    for (size_t i = 0; i < count; i++) {
        add_term_bytes(t, &terms[i]->lists[t->x->segment_index],
                       &t->x->cursors[cursor_index + i], bytes);
    }
}

/* An exact phrase occurs at most as often as each of its parts. With slop an
 * occurrence of a word may belong to several matches, but each match uses up an
 * occurrence of some word: there are at most as many matches as occurrences of
 * all words together, and x of a sum is at most the sum of the x. */
static void join_words(uint8_t *restrict bytes, const uint8_t *restrict word,
                       size_t count, bool sloppy)
{
    if (!sloppy) {
        for (size_t i = 0; i < count; i++) {
            bytes[i] = bytes[i] < word[i] ? bytes[i] : word[i];
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t sum = saturating_byte(bytes[i], word[i]);
        bytes[i] = bytes[i] && word[i] ? sum : 0;
    }
}

/* Bytes of each part in turn, joined. */
static Status phrase_bytes(BoundedTree *t, const PlanNode *node, uint8_t *bytes,
                           Error *error)
{
    uint8_t *word_bytes = new_bytes(t);
    if (!word_bytes) return fail_memory(error, "searching");
    for (size_t i = 0; i < node->part_count; i++) {
        const PlanPart *part = &node->parts[i];
        uint8_t *target = i ? word_bytes : bytes;
        memset(target, 0, t->room);
        add_terms_bytes(t, part->terms, part->term_count, part->first_cursor,
                        target);
        if (i) join_words(bytes, word_bytes, t->room, node->slop > 0);
    }
    return OK;
}

static Status leaf_sums(BoundedTree *t, const PlanNode *node, uint16_t *sums,
                        Error *error)
{
    ArenaMark mark = arena_mark(t->x->arena);
    uint8_t *bytes = new_bytes(t);
    if (!bytes) return fail_memory(error, "searching");
    Status status = OK;
    if (node->kind == PLAN_PHRASE) {
        status = phrase_bytes(t, node, bytes, error);
    } else {
        add_terms_bytes(t, node->terms, node->term_count, node->first_cursor,
                        bytes);
    }
    t->x->kernels->add_bytes(sums, bytes, t->x->segment->range_count,
                             ranged_multiplier(&t->scale, node->weight));
    arena_rewind(t->x->arena, mark);
    return status;
}

typedef enum Joining { JOIN_REQUIRED, JOIN_PREFERRED, JOIN_ANY } Joining;

static void join_sums(uint16_t *restrict sums, const uint16_t *restrict clause,
                      size_t count, Joining joining)
{
    uint16_t needs_sum = joining == JOIN_ANY ? UINT16_MAX : 0;
    uint16_t needs_clause = joining == JOIN_REQUIRED ? 0 : UINT16_MAX;
    for (size_t i = 0; i < count; i++) {
        uint16_t sum = saturating_word(sums[i], clause[i]);
        bool keeps = (sums[i] | needs_sum) && (clause[i] | needs_clause);
        sums[i] = keeps ? sum : 0;
    }
}

static Status join_clauses(BoundedTree *t, PlanNode *const *clauses,
                           size_t count, Joining joining, uint16_t *sums,
                           Error *error)
{
    Status status = OK;
    ArenaMark mark = arena_mark(t->x->arena);
    for (size_t i = 0; status == OK && i < count; i++) {
        uint16_t *clause = new_sums(t);
        if (!clause) return fail_memory(error, "searching");
        status = node_sums(t, clauses[i], clause, error);
        if (status == OK) join_sums(sums, clause, t->room, joining);
        arena_rewind(t->x->arena, mark);
    }
    return status;
}

/* Bounds of a node in all ranges; sums are 0 on entry. */
static Status node_sums(BoundedTree *t, const PlanNode *node, uint16_t *sums,
                        Error *error)
{
    if (node->kind == PLAN_NOTHING) return OK;
    if (node->kind != PLAN_BOOLEAN) return leaf_sums(t, node, sums, error);
    if (!node->must_count) {
        return join_clauses(t, node->should, node->should_count, JOIN_ANY, sums,
                            error);
    }
    Status status = node_sums(t, node->must[0], sums, error);
    if (status == OK) {
        status = join_clauses(t, node->must + 1, node->must_count - 1,
                              JOIN_REQUIRED, sums, error);
    }
    if (status == OK) {
        status = join_clauses(t, node->should, node->should_count,
                              JOIN_PREFERRED, sums, error);
    }
    return status;
}

static uint16_t min_sum(const BoundedTree *t, uint32_t range)
{
    uint32_t docid = t->x->first_docid + range * RANGE_DOCUMENTS;
    float needed = collector_needed(t->x->collector, docid);
    return ranged_min_sum(&t->scale, needed * (1.0f - 0x1p-20f));
}

static void collect_range(void *self, uint32_t range)
{
    BoundedTree *t = self;
    Evaluator *e = &t->evaluator;
    if (t->sums[range] < min_sum(t, range)) return;
    const MatchSet *matches = evaluator_match(e, range * RANGE_DOCUMENTS, 1);
    ExecutionCounters *counters = &t->x->counters;
    counters->ranges_scored++;
    counters->documents_scored += (uint64_t)__builtin_popcountll(
        matches->bits[0]);
    for (uint32_t at = match_set_next(e, matches, 0); at < WINDOW_DOCUMENTS;
         at = match_set_next(e, matches, at + 1)) {
        collector_push(t->x->collector, matches->scores[at],
                       t->x->first_docid + e->first + at);
    }
}

Status execute_bounded_tree(Execution *x, float correction, Error *error)
{
    BoundedTree t = {.x = x, .room = x->segment->range_count + 128u};
    const PlanNode *root = x->plan->root;
    x->counters.executor = "bounded tree";
    t.scale = ranged_scale(correction, plan_weight_sum(root),
                           x->plan->cursor_count);
    t.sums = new_sums(&t);
    t.kept_ranges = arena_alloc(x->arena, t.room * sizeof *t.kept_ranges);
    if (!t.sums || !t.kept_ranges) return fail_memory(error, "searching");
    Status status = evaluator_init(&t.evaluator, x, error);
    if (status == OK) status = node_sums(&t, root, t.sums, error);
    if (status != OK) return status;
    size_t count = x->kernels->select_ranges(t.sums, x->segment->range_count,
                                             min_sum(&t, 0), t.kept_ranges);
    count = ranges_score_seeds(t.sums, t.kept_ranges, count, SEED_RANGES,
                               collect_range, &t);
    execution_rewind(x);
    for (size_t i = 0; i < count; i++) collect_range(&t, t.kept_ranges[i]);
    return OK;
}
