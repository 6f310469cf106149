/* two_phase.c - the k best where positions decide about a required clause.
 *
 * First come the documents that have all required words, from lists alone: the
 * rarest word's, block by block, kept where the others have them too. Then, of
 * those whose bound reaches the threshold, whatever positions and the other
 * clauses say, one by one. (What Lucene calls two-phase iteration.)
 */
#include "searcher/execute/pruned.h"

/* A word that every match has. */
typedef struct RequiredWord {
    const Postings *list;
    ListCursor *cursor;
} RequiredWord;

typedef struct TwoPhase {
    Execution *x;
    float correction;    /* of stored bounds: see ranged_correction */
    RequiredWord *words; /* the rarest first */
    size_t word_count;
    uint32_t *docs; /* that have them all */
    uint32_t count;
} TwoPhase;

static const Postings *list_of(const TwoPhase *t, const PlanTerm *term)
{
    return &term->lists[t->x->segment_number];
}

static void add_word(TwoPhase *t, const PlanTerm *term, uint32_t number)
{
    RequiredWord word = {list_of(t, term), &t->x->cursors[number]};
    size_t at = t->word_count++;
    for (; at && word.list->df < t->words[at - 1].list->df; at--) {
        t->words[at] = t->words[at - 1];
    }
    t->words[at] = word;
}

/* The words of a leaf that stand for one term each. */
static void add_leaf(TwoPhase *t, const PlanNode *leaf)
{
    uint32_t number = leaf->number;
    if (leaf->kind == PLAN_TERM) add_word(t, leaf->terms[0], number);
    if (leaf->kind != PLAN_PHRASE) return;
    for (size_t i = 0; i < leaf->word_count; i++) {
        const PlanWord *word = &leaf->words[i];
        if (word->term_count == 1) add_word(t, word->terms[0], number);
        number += (uint32_t)word->term_count;
    }
}

static Status take_words(TwoPhase *t, Error *error)
{
    const PlanNode *root = t->x->plan->root;
    t->words = arena_alloc(t->x->arena,
                           t->x->plan->cursor_count * sizeof *t->words);
    if (!t->words) return fail_memory(error, "searching");
    if (root->kind != PLAN_BOOLEAN) add_leaf(t, root);
    for (size_t i = 0; i < root->must_count; i++) add_leaf(t, root->must[i]);
    return OK;
}

/* Keeps of docs those that all other words have; bitmaps first. */
static uint32_t keep_common(TwoPhase *t, uint32_t *docs, uint32_t count)
{
    for (int bitmaps = 1; bitmaps >= 0; bitmaps--) {
        for (size_t i = 1; count && i < t->word_count; i++) {
            const RequiredWord *word = &t->words[i];
            bool bitmap = word->list->kind == POSTINGS_BITMAP;
            if (bitmap != (bitmaps == 1)) continue;
            count = list_cursor_keep(word->cursor, docs, count);
        }
    }
    return count;
}

static Status gather(TwoPhase *t, Error *error)
{
    const Postings *lead = t->words[0].list;
    ListCursor *cursor = t->words[0].cursor;
    size_t room = (size_t)lead->df + CURSOR_ROOM;
    t->docs = arena_alloc(t->x->arena, room * sizeof *t->docs);
    if (!t->docs) return fail_memory(error, "searching");
    if (lead->kind == POSTINGS_INLINE) {
        t->docs[0] = lead->docid;
        t->count = keep_common(t, t->docs, 1);
    }
    for (uint32_t block = 0; block < lead->block_count; block++) {
        uint32_t *docs = t->docs + t->count;
        list_cursor_load(cursor, block);
        memcpy(docs, cursor->docs, cursor->view.count * sizeof *docs);
        t->count += keep_common(t, docs, cursor->view.count);
    }
    return OK;
}

/* No posting of the list near docid has a greater x. */
static double part_bound(const TwoPhase *t, const Postings *list,
                         uint32_t docid)
{
    double x = list->range_bounds
                   ? list->range_bounds[docid / RANGE_DOCUMENTS] / 255.0
                   : list->max / 65535.0;
    x *= (double)t->correction;
    return x < 1.0 ? x : 1.0;
}

/* An exact phrase is never there more often than its rarest word. */
static double phrase_bound(const TwoPhase *t, const PlanNode *leaf,
                           uint32_t docid)
{
    double least = 1.0;
    for (size_t i = 0; !leaf->slop && i < leaf->word_count; i++) {
        const PlanWord *word = &leaf->words[i];
        if (word->term_count != 1) continue;
        double x = part_bound(t, list_of(t, word->terms[0]), docid);
        least = x < least ? x : least;
    }
    return least;
}

static double node_bound(const TwoPhase *t, const PlanNode *node,
                         uint32_t docid)
{
    double sum = 0.0, weight = (double)node->weight;
    switch (node->kind) {
    case PLAN_NOTHING: break;
    case PLAN_TERM:
        return weight * part_bound(t, list_of(t, node->terms[0]), docid);
    case PLAN_PHRASE: return weight * phrase_bound(t, node, docid);
    case PLAN_SYNONYM: return weight;
    case PLAN_BOOLEAN:
        for (size_t i = 0; i < node->must_count; i++) {
            sum += node_bound(t, node->must[i], docid);
        }
        for (size_t i = 0; i < node->should_count; i++) {
            sum += node_bound(t, node->should[i], docid);
        }
    }
    return sum;
}

static void verify(TwoPhase *t, uint32_t docid)
{
    Execution *x = t->x;
    const PlanNode *root = x->plan->root;
    uint32_t number = x->first_docid + docid;
    double bound = node_bound(t, root, docid) * (1.0 + 0x1p-18);
    float score;
    if (x->live && !(x->live[docid / 64] >> (docid % 64) & 1)) return;
    if (bound < (double)collector_needed(x->collector, number)) return;
    if (!score_document(x, root, docid, &score)) return;
    collector_push(x->collector, score, number);
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
    TwoPhase t = {.x = x, .correction = correction};
    *done = false;
    if (!decided_by_positions(x->plan->root)) return OK;
    Status status = take_words(&t, error);
    if (status != OK || !t.word_count) return status;
    if (t.words[0].list->kind == POSTINGS_BITMAP) return OK;
    *done = true;
    if (t.words[0].list->df == 0) return OK;
    status = gather(&t, error);
    if (status != OK) return status;
    execution_rewind(x);
    for (uint32_t i = 0; i < t.count; i++) verify(&t, t.docs[i]);
    return OK;
}
