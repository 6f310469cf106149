/* two_phase.c - the k best of the documents that have all required words.
 *
 * Lucene's two-phase iteration. Approximation: the documents with all required
 * words, from the lists alone (the rarest list block by block, intersected with
 * the others). Verification: those whose bound reaches the threshold are scored
 * one by one, with positions and all other clauses. Worthwhile if positions
 * decide about a required clause, or if the documents have to be counted
 * anyway.
 */
#include "common/segment/score_bounds.h"
#include "searcher/search/executors/bounds.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/ranged_list.h"
#include "searcher/search/executors/required_words.h"

/* Above this many documents execute_conjunction is faster. */
enum { FEW_DOCUMENTS = 300 };

typedef struct TwoPhase {
    Execution *x;
    float correction; /* of stored bounds: see ranged_correction */
    double slack;     /* makes up for the roundings of a score: nested groups
                         round their sums once more at each level */
    bool positional;  /* positions decide about a required clause */
    RequiredWords words;
    uint32_t *docs;   /* live documents that have all words */
    float *fractions; /* x of the rarest word in each (FORMAT.md, bounds) */
    uint32_t count;
    uint32_t at;         /* index of the current document */
    bool counts_matches; /* then every document has to be scored */
    uint64_t matches;    /* valid if counts_matches */
} TwoPhase;

static const Postings *list_of(const TwoPhase *t, const PlanTerm *term)
{
    return &term->lists[t->x->segment_index];
}

static const Postings *lead_of(const TwoPhase *t)
{
    return t->words.words[0].list;
}

/* The rarest word's x in documents that are all in its current block, with a
 * margin for the float rounding of 1 - 1 / (1 + tf * c). */
static void take_fractions(const TwoPhase *t, const uint32_t *docs,
                           uint32_t count, float *fractions)
{
    const ListCursor *cursor = t->words.words[0].cursor;
    float all[CURSOR_ROOM];
    list_cursor_block_scores(cursor, 1.0f, all);
    for (uint32_t i = 0, slot = 0; i < count; i++) {
        while (cursor->docs[slot] != docs[i]) slot++;
        fractions[i] = all[slot] + 0x1p-20f;
    }
}

/* Whether to rank the documents here: always if positions decide. */
static bool is_worthwhile(const TwoPhase *t)
{
    return t->positional || t->count <= FEW_DOCUMENTS;
}

static uint32_t drop_dead(const Execution *x, uint32_t *docs, uint32_t count)
{
    uint32_t kept = 0;
    if (!x->live) return count;
    for (uint32_t i = 0; i < count; i++) {
        docs[kept] = docs[i];
        kept += execution_is_live(x, docs[i]);
    }
    return kept;
}

static void gather_block(TwoPhase *t, uint32_t block)
{
    uint32_t *docs = t->docs + t->count;
    float *fractions = t->fractions + t->count;
    uint32_t count = required_words_common(&t->words, block, docs);
    count = drop_dead(t->x, docs, count);
    if (postings_is_inline(lead_of(t))) {
        fractions[0] = 1.0f;
    } else if (count && is_worthwhile(t)) {
        take_fractions(t, docs, count, fractions);
    }
    t->count += count;
}

/* If the lists of all words are bitmaps. */
static void gather_bits(TwoPhase *t)
{
    for (uint32_t range = 0; range < t->x->segment->range_count; range++) {
        uint64_t common = t->x->live ? t->x->live[range] : ~0ull;
        for (size_t i = 0; i < t->words.count; i++) {
            common &= t->words.words[i].list->bits[range];
        }
        for (; common; common &= common - 1) {
            t->docs[t->count++] = range * RANGE_DOCUMENTS +
                                  (uint32_t)__builtin_ctzll(common);
        }
    }
}

static Status gather(TwoPhase *t, Error *error)
{
    size_t room = (size_t)lead_of(t)->df + CURSOR_ROOM;
    t->docs = arena_alloc(t->x->arena, room * sizeof *t->docs);
    t->fractions = arena_alloc(t->x->arena, room * sizeof *t->fractions);
    if (!t->docs || !t->fractions) return fail_memory(error, "searching");
    if (postings_is_bitmap(lead_of(t))) {
        gather_bits(t);
        return OK;
    }
    uint32_t blocks = required_words_blocks(&t->words);
    for (uint32_t block = 0; block < blocks; block++) gather_block(t, block);
    return OK;
}

/* Upper bound of the x of a list in the current document. */
static double fraction_bound(const TwoPhase *t, const Postings *list)
{
    uint32_t docid = t->docs[t->at];
    if (list == lead_of(t) && !postings_is_bitmap(list)) {
        return (double)t->fractions[t->at];
    }
    double x = list->range_bounds
                   ? bound_byte_score(
                         1.0, list->range_bounds[docid / RANGE_DOCUMENTS])
                   : bound_word_score(1.0, list->max);
    x *= (double)t->correction;
    return x < 1.0 ? x : 1.0;
}

/* An exact phrase occurs at most as often as each of its words and pairs. */
static double phrase_bound(const TwoPhase *t, const PlanNode *leaf)
{
    double min = 1.0;
    for (size_t i = 0; !leaf->slop && i < leaf->part_count; i++) {
        const PlanPart *part = &leaf->parts[i];
        if (part->term_count != 1) continue;
        double x = fraction_bound(t, list_of(t, part->terms[0]));
        min = x < min ? x : min;
    }
    return min;
}

static double node_bound(const TwoPhase *t, const PlanNode *node)
{
    double sum = 0.0, weight = (double)node->weight;
    switch (node->kind) {
    case PLAN_NOTHING: break;
    case PLAN_TERM:
        return weight * fraction_bound(t, list_of(t, node->terms[0]));
    case PLAN_PHRASE: return weight * phrase_bound(t, node);
    case PLAN_SYNONYM: return weight;
    case PLAN_BOOLEAN:
        for (size_t i = 0; i < node->must_count; i++) {
            sum += node_bound(t, node->must[i]);
        }
        for (size_t i = 0; i < node->should_count; i++) {
            sum += node_bound(t, node->should[i]);
        }
    }
    return sum;
}

static bool can_be_among_best(const TwoPhase *t, uint32_t docid)
{
    const Execution *x = t->x;
    if (!x->collector) return false;
    double bound = node_bound(t, x->plan->root) * t->slack;
    return bound >=
           (double)collector_needed(x->collector, x->first_docid + docid);
}

static void verify(TwoPhase *t)
{
    uint32_t docid = t->docs[t->at];
    Execution *x = t->x;
    float score;
    bool is_candidate = can_be_among_best(t, docid);
    if (!is_candidate && !t->counts_matches) return;
    x->counters.documents_scored++;
    if (!score_document(x, x->plan->root, docid, &score)) return;
    t->matches++;
    if (is_candidate)
        collector_push(x->collector, score, x->first_docid + docid);
}

/* Whether the documents that have all words are those that match. */
static bool words_suffice(const PlanNode *root)
{
    return root->kind == PLAN_BOOLEAN && root->excluded_count == 0 &&
           root->should_count == 0 && root->min_match == 0 &&
           plan_are_words(root->must, root->must_count);
}

static bool decided_by_positions(const PlanNode *root)
{
    if (root->kind != PLAN_BOOLEAN) return plan_is_positional(root);
    for (size_t i = 0; i < root->must_count; i++) {
        if (plan_is_positional(root->must[i])) return true;
    }
    return false;
}

Status execute_two_phase(Execution *x, float correction, bool *done,
                         Error *error)
{
    const PlanNode *root = x->plan->root;
    TwoPhase t = {.x = x,
                  .correction = correction,
                  .slack = 1.0 + (16.0 + (double)root->depth) * 0x1p-22,
                  .positional = decided_by_positions(root)};
    bool counts_words = x->count && x->collector && words_suffice(root);
    t.counts_matches = x->count && t.positional;
    *done = false;
    if (!counts_words && !t.positional) return OK;
    Status status = required_words_take(x, &t.words, error);
    if (status != OK || !t.words.count) return status;
    bool frequent = postings_is_bitmap(lead_of(&t));
    if (frequent && (!t.counts_matches || !x->collector)) return OK;
    *done = lead_of(&t)->df == 0;
    x->counters.executor = "two-phase";
    if (*done) {
        execution_set_count(x, 0);
        return OK;
    }
    status = gather(&t, error);
    if (status != OK) return status;
    if (counts_words) execution_set_count(x, t.count);
    execution_rewind(x);
    *done = is_worthwhile(&t);
    for (t.at = 0; *done && t.at < t.count; t.at++) verify(&t);
    if (t.counts_matches) execution_set_count(x, t.matches);
    return OK;
}
