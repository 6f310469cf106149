/* query_merge.c - equal leaves of one Boolean node become one.
 *
 * As Lucene's BooleanQuery.rewrite does: boosts are summed in double and cast
 * once, so a word given three times weighs exactly 3 x idf. */
#include "searcher/query/query_simplify.h"

#include "common/base/hash.h"

/* Up to FEW_CLAUSES are compared pairwise, more go through a hash table. */
enum { FEW_CLAUSES = 12, MIN_SLOTS = 32 };

/* The table is probed by masking. */
_Static_assert((MIN_SLOTS & (MIN_SLOTS - 1)) == 0, "a power of two");

static bool phrase_equal(const QueryNode *a, const QueryNode *b)
{
    if (a->word_count != b->word_count || a->slop != b->slop) return false;
    for (size_t i = 0; i < a->word_count; i++) {
        const PhraseWord *x = &a->words[i], *y = &b->words[i];
        if (x->position != y->position || x->is_pattern != y->is_pattern ||
            x->pattern != y->pattern || x->edits != y->edits ||
            !span_equal(x->term, y->term))
            return false;
    }
    return true;
}

bool query_leaf_equal(const QueryNode *a, const QueryNode *b)
{
    if (a->kind != b->kind || a->field != b->field) return false;
    if (a->kind == QUERY_PHRASE) return phrase_equal(a, b);
    if (a->kind == QUERY_EXPANSION &&
        (a->pattern != b->pattern || a->edits != b->edits))
        return false;
    return a->kind != QUERY_BOOLEAN && span_equal(a->term, b->term);
}

static uint64_t leaf_hash(const QueryNode *leaf)
{
    uint64_t hash = hash_key(leaf->term) + (uint64_t)leaf->kind;
    for (size_t i = 0; i < leaf->word_count; i++)
        hash = hash * 0x9E3779B97F4A7C15U + hash_key(leaf->words[i].term);
    return hash ^ hash >> 32;
}

/* The clauses kept so far, compacted in place. `slots` is an open-addressing
 * table of their indexes + 1, at most half full. */
typedef struct Kept {
    QueryClause *clauses;
    size_t count;
    double *boosts;  /* sums, one per clause */
    uint32_t *slots; /* NULL: few */
    size_t mask;
} Kept;

static bool kept_open(Kept *kept, QueryNode *node, Buf *table)
{
    bool few = node->clause_count <= FEW_CLAUSES;
    size_t slots = MIN_SLOTS;
    while (slots < 2 * node->clause_count) slots *= 2;
    size_t sums_size = node->clause_count * sizeof *kept->boosts;
    buf_clear(table);
    buf_put_zeros(table, sums_size + (few ? 0 : slots * sizeof *kept->slots));
    if (table->status != OK) return false;
    *kept = (Kept){.clauses = node->clauses,
                   .boosts = (double *)(void *)table->data,
                   .mask = slots - 1};
    if (!few) kept->slots = (uint32_t *)(void *)(table->data + sums_size);
    return true;
}

static bool clause_is(const QueryClause *clause, QueryOccur occur,
                      const QueryNode *leaf)
{
    return clause->occur == occur && query_leaf_equal(clause->node, leaf);
}

/* The index of the kept clause with this occur and leaf, or SIZE_MAX; then
 * *slot is its free slot, if there is a table. */
static size_t kept_find(const Kept *kept, QueryOccur occur,
                        const QueryNode *leaf, size_t *slot)
{
    if (!kept->slots) {
        for (size_t i = 0; i < kept->count; i++)
            if (clause_is(&kept->clauses[i], occur, leaf)) return i;
        return SIZE_MAX;
    }
    size_t at = leaf_hash(leaf) & kept->mask;
    for (; kept->slots[at]; at = (at + 1) & kept->mask) {
        size_t i = kept->slots[at] - 1;
        if (clause_is(&kept->clauses[i], occur, leaf)) return i;
    }
    *slot = at;
    return SIZE_MAX;
}

static void kept_take(Kept *kept, QueryClause clause)
{
    size_t slot = 0;
    bool is_leaf = clause.node->kind != QUERY_BOOLEAN;
    size_t same = is_leaf ? kept_find(kept, clause.occur, clause.node, &slot)
                          : SIZE_MAX;
    if (same == SIZE_MAX) {
        same = kept->count++;
        kept->clauses[same] = clause;
        if (kept->slots && is_leaf) kept->slots[slot] = (uint32_t)(same + 1);
    }
    kept->boosts[same] += (double)clause.node->boost;
}

static bool contradicts(const Kept *kept)
{
    size_t slot = 0;
    for (size_t i = 0; i < kept->count; i++) {
        const QueryClause *clause = &kept->clauses[i];
        if (clause->occur == OCCUR_NOT && clause->node->kind != QUERY_BOOLEAN &&
            kept_find(kept, OCCUR_MUST, clause->node, &slot) != SIZE_MAX)
            return true;
    }
    return false;
}

bool query_merge(QueryNode *node, Buf *table)
{
    Kept kept;
    if (!kept_open(&kept, node, table)) return true;
    for (size_t i = 0; i < node->clause_count; i++)
        kept_take(&kept, node->clauses[i]);
    node->clause_count = kept.count;
    for (size_t i = 0; i < kept.count; i++)
        kept.clauses[i].node->boost = (float)kept.boosts[i];
    return !contradicts(&kept);
}
