/* counting.c - the number of matches, without scoring.
 *
 * The count of a single word is its df without the removed documents. With
 * required words of which the rarest is rare, its documents are intersected
 * with the other lists, bitmaps first, and excluded words removed; likewise
 * where a phrase is required (two_phase.c). Everything else is Boolean algebra
 * on bitsets over the segment: bitmaps are used as stored, other lists are set
 * bit by bit; phrases are verified in the documents that have all of their
 * words. A clause's bitset is freed once it has been combined.
 */
#include "searcher/search/executors/executors.h"

#include "searcher/search/executors/required_words.h"

typedef struct Counting {
    Execution *x;
    size_t words; /* 64-bit words of a bitset */
    Error *error;
} Counting;

static const Postings *list_of(const Counting *c, const PlanTerm *term)
{
    return &term->lists[c->x->segment_index];
}

/* How many live documents of the segment have a term. */
static uint32_t live_df(const Counting *c, const PlanTerm *term)
{
    return list_of(c, term)->df
               ? list_of(c, term)->df - term->removed[c->x->segment_index]
               : 0;
}

static uint64_t *new_bits(Counting *c)
{
    return arena_alloc_aligned(c->x->arena, (c->words + 8) * sizeof(uint64_t));
}

static void set_posting(void *self, uint32_t docid, uint32_t tf)
{
    uint64_t *bits = self;
    (void)tf;
    bits[docid / 64] |= 1ull << (docid % 64);
}

static void set_docids(uint64_t *bits, const uint32_t *docs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bits[docs[i] / 64] |= 1ull << (docs[i] % 64);
    }
}

/* bits |= the documents of a list */
static void add_list(Counting *c, const Postings *list, ListCursor *cursor,
                     uint64_t *bits)
{
    if (postings_is_bitmap(list)) {
        c->x->kernels->or_bits(bits, list->bits, c->words);
    } else if (postings_is_inline(list)) {
        set_posting(bits, list->docid, list->tf);
    }
    for (uint32_t block = 0; block < list->block_count; block++) {
        list_cursor_load(cursor, block);
        set_docids(bits, cursor->docs, cursor->view.count);
    }
}

static void add_terms(Counting *c, PlanTerm *const *terms, size_t count,
                      uint32_t cursor_index, uint64_t *bits)
{
    for (size_t i = 0; i < count; i++) {
        const Postings *list = list_of(c, terms[i]);
        if (list->df) add_list(c, list, &c->x->cursors[cursor_index + i], bits);
    }
}

static Status node_bits(Counting *c, const PlanNode *node, uint64_t *bits);

/* Keeps the bits of documents that contain the phrase. */
static void keep_phrases(Counting *c, const PlanNode *node, uint64_t *bits)
{
    PhraseMatcher *matcher = c->x->matchers[node->first_cursor];
    for (size_t word = 0; word < c->words; word++) {
        for (uint64_t rest = bits[word]; rest; rest &= rest - 1) {
            uint32_t slot = (uint32_t)__builtin_ctzll(rest);
            uint32_t docid = (uint32_t)word * 64 + slot;
            if (phrase_matcher_frequency(matcher, docid) > 0.0f) continue;
            bits[word] &= ~(1ull << slot);
        }
    }
}

/* The cursors with which the matcher finds positions. */
static void rewind_matcher(const Counting *c, const PlanNode *node)
{
    uint32_t end = node->first_cursor + (uint32_t)node->term_count;
    for (size_t i = 0; i < node->word_count; i++)
        end += (uint32_t)node->words[i].term_count;
    for (uint32_t i = node->first_cursor; i < end; i++)
        list_cursor_rewind(&c->x->cursors[i]);
}

/* Of `within` only, unless it is NULL. */
static Status positional_bits(Counting *c, const PlanNode *node,
                              const uint64_t *within, uint64_t *bits)
{
    ArenaMark mark = arena_mark(c->x->arena);
    add_terms(c, node->terms, node->term_count, node->first_cursor, bits);
    uint64_t *word_bits = plan_is_phrase(node) ? new_bits(c) : NULL;
    if (plan_is_phrase(node) && !word_bits) {
        return fail_memory(c->error, "counting");
    }
    for (size_t i = 0; i < node->part_count; i++) {
        const PlanPart *part = &node->parts[i];
        uint64_t *target = i ? word_bits : bits;
        memset(target, 0, c->words * sizeof *target);
        add_terms(c, part->terms, part->term_count, part->first_cursor, target);
        if (i) c->x->kernels->and_bits(bits, word_bits, c->words);
    }
    arena_rewind(c->x->arena, mark);
    rewind_matcher(c, node);
    if (within) c->x->kernels->and_bits(bits, within, c->words);
    if (c->x->live) c->x->kernels->and_bits(bits, c->x->live, c->words);
    keep_phrases(c, node, bits);
    return OK;
}

typedef void (*BitsCombiner)(uint64_t *a, const uint64_t *b, size_t words);

/* bits = bits combined with each clause */
static Status combine(Counting *c, PlanNode *const *clauses, size_t count,
                      BitsCombiner combiner, uint64_t *bits)
{
    ArenaMark mark = arena_mark(c->x->arena);
    uint64_t *clause_bits = count ? new_bits(c) : NULL;
    if (count && !clause_bits) return fail_memory(c->error, "counting");
    for (size_t i = 0; i < count; i++) {
        memset(clause_bits, 0, c->words * sizeof *clause_bits);
        Status status = node_bits(c, clauses[i], clause_bits);
        if (status != OK) return status;
        combiner(bits, clause_bits, c->words);
    }
    arena_rewind(c->x->arena, mark);
    return OK;
}

/* bits = the documents that match all required clauses. Positions are read
 * last, and only in documents that match all else. */
static Status required_bits(Counting *c, const PlanNode *node, uint64_t *bits)
{
    ArenaMark mark = arena_mark(c->x->arena);
    uint64_t *clause_bits = new_bits(c);
    if (!clause_bits) return fail_memory(c->error, "counting");
    memset(bits, 0xff, c->words * sizeof *bits);
    for (int positional = 0; positional <= 1; positional++) {
        for (size_t i = 0; i < node->must_count; i++) {
            const PlanNode *clause = node->must[i];
            if (plan_is_positional(clause) != (positional == 1)) continue;
            memset(clause_bits, 0, c->words * sizeof *clause_bits);
            Status status = positional
                                ? positional_bits(c, clause, bits, clause_bits)
                                : node_bits(c, clause, clause_bits);
            if (status != OK) return status;
            c->x->kernels->and_bits(bits, clause_bits, c->words);
        }
    }
    arena_rewind(c->x->arena, mark);
    return OK;
}

static Status boolean_bits(Counting *c, const PlanNode *node, uint64_t *bits)
{
    const RangeKernels *kernels = c->x->kernels;
    Status status = OK;
    if (node->must_count) {
        status = required_bits(c, node, bits);
    } else {
        /* Each clause only adds bits. */
        for (size_t i = 0; status == OK && i < node->should_count; i++) {
            const PlanNode *clause = node->should[i];
            bool adds = clause->kind != PLAN_BOOLEAN &&
                        !plan_is_positional(clause);
            status = adds ? node_bits(c, clause, bits)
                          : combine(c, &node->should[i], 1, kernels->or_bits,
                                    bits);
        }
    }
    if (status != OK) return status;
    return combine(c, node->excluded, node->excluded_count,
                   kernels->remove_bits, bits);
}

/* Adds the documents that match the node to bits, which must be 0 on entry
 * unless the node is a plain word. */
static Status node_bits(Counting *c, const PlanNode *node, uint64_t *bits)
{
    if (node->kind == PLAN_NOTHING) return OK;
    if (node->kind == PLAN_BOOLEAN) return boolean_bits(c, node, bits);
    if (plan_is_positional(node)) return positional_bits(c, node, NULL, bits);
    add_terms(c, node->terms, node->term_count, node->first_cursor, bits);
    return OK;
}

/* Whether a group needs the number of matching should clauses, which bitsets do
 * not keep. */
static bool counts_clauses(const PlanNode *node)
{
    if (node->min_match > (node->must_count ? 0u : 1u)) return true;
    for (size_t i = 0; i < node->must_count; i++) {
        if (counts_clauses(node->must[i])) return true;
    }
    for (size_t i = 0; i < node->should_count; i++) {
        if (counts_clauses(node->should[i])) return true;
    }
    for (size_t i = 0; i < node->excluded_count; i++) {
        if (counts_clauses(node->excluded[i])) return true;
    }
    return false;
}

/* Whether only required and excluded plain words decide the count. */
static bool is_conjunction(const PlanNode *node)
{
    return node->kind == PLAN_BOOLEAN && node->must_count && !node->min_match &&
           plan_are_words(node->must, node->must_count) &&
           plan_are_words(node->excluded, node->excluded_count);
}

/* Removes the documents of the list from docs. */
static uint32_t drop_found(const Postings *list, ListCursor *cursor,
                           uint32_t *docs, uint32_t count)
{
    uint8_t found[CURSOR_ROOM];
    uint32_t kept = 0;
    if (postings_is_bitmap(list)) {
        for (uint32_t i = 0; i < count; i++) {
            uint32_t docid = docs[i];
            docs[kept] = docid;
            kept += !(list->bits[docid / 64] >> (docid % 64) & 1);
        }
        return kept;
    }
    uint32_t found_count = list_cursor_match(cursor, docs, count, found, NULL);
    for (uint32_t i = 0, next = 0; i < count; i++) {
        bool is_found = next < found_count && found[next] == i;
        docs[kept] = docs[i];
        kept += !is_found;
        next += is_found;
    }
    return kept;
}

static uint32_t drop_dead(const Counting *c, uint32_t *docs, uint32_t count)
{
    uint32_t kept = 0;
    if (!c->x->live) return count;
    for (uint32_t i = 0; i < count; i++) {
        docs[kept] = docs[i];
        kept += execution_is_live(c->x, docs[i]);
    }
    return kept;
}

static uint32_t drop_excluded(const Counting *c, const PlanNode *node,
                              uint32_t *docs, uint32_t count)
{
    for (size_t i = 0; count && i < node->excluded_count; i++) {
        const PlanNode *clause = node->excluded[i];
        const Postings *list = list_of(c, clause->terms[0]);
        if (!list->df) continue;
        count = drop_found(list, &c->x->cursors[clause->first_cursor], docs,
                           count);
    }
    return count;
}

/* Counts among the documents of the rarest word, whose list is not a bitmap. */
static uint64_t count_by_lead(const Counting *c, const PlanNode *node,
                              const RequiredWords *words)
{
    uint32_t docs[CURSOR_ROOM];
    uint32_t blocks = required_words_blocks(words);
    uint64_t total = 0;
    for (uint32_t block = 0; block < blocks; block++) {
        uint32_t count = required_words_common(words, block, docs);
        count = drop_dead(c, docs, count);
        total += drop_excluded(c, node, docs, count);
    }
    return total;
}

static Status count_by_bits(Counting *c, const PlanNode *root)
{
    Execution *x = c->x;
    uint64_t *bits = new_bits(c);
    if (!bits) return fail_memory(c->error, "counting");
    memset(bits, 0, c->words * sizeof *bits);
    Status status = node_bits(c, root, bits);
    if (status != OK) return status;
    if (x->live) c->x->kernels->and_bits(bits, x->live, c->words);
    execution_set_count(x, x->kernels->count_bits(bits, c->words));
    return OK;
}

/* Two bitmaps are intersected and counted in one pass. */
static bool count_two_bitmaps(Counting *c, const PlanNode *root)
{
    if (root->must_count != 2 || root->excluded_count || c->x->live)
        return false;
    const Postings *a = list_of(c, root->must[0]->terms[0]);
    const Postings *b = list_of(c, root->must[1]->terms[0]);
    if (!postings_is_bitmap(a) || !postings_is_bitmap(b)) return false;
    execution_set_count(c->x,
                        c->x->kernels->count_and(a->bits, b->bits, c->words));
    return true;
}

Status execute_count(Execution *execution, Error *error)
{
    const PlanNode *root = execution->plan->root;
    Counting c = {.x = execution, .error = error};
    c.words = (execution->segment->document_count + 63u) / 64u;
    execution->counters.executor = "count";
    if (counts_clauses(root)) {
        Collector *kept = execution->collector;
        execution->collector = NULL;
        Status status = execute_exhaustive(execution, error);
        execution->collector = kept;
        return status;
    }
    if (!execution->collector) {
        bool done;
        Status status = execute_phrase(execution, 1.0f, &done, error);
        if (status != OK || done) return status;
        status = execute_two_phase(execution, 1.0f, &done, error);
        if (status != OK || done) return status;
        execution->counters.executor = "count";
    }
    if (plan_is_word(root) && !execution->is_filtered) {
        execution_set_count(execution, live_df(&c, root->terms[0]));
        return OK;
    }
    if (is_conjunction(root)) {
        RequiredWords words;
        Status status = required_words_take(execution, &words, error);
        if (status != OK) return status;
        const Postings *lead = words.words[0].list;
        if (lead->df == 0) {
            execution_set_count(execution, 0);
            return OK;
        }
        if (!postings_is_bitmap(lead)) {
            execution_set_count(execution, count_by_lead(&c, root, &words));
            return OK;
        }
        if (count_two_bitmaps(&c, root)) return OK;
    }
    return count_by_bits(&c, root);
}
