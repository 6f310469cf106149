/* query_tree.c - what tests ask of a whole tree: its invariants, equality. */
#include "tests/searcher/query/query_tree.h"

#include "searcher/query/query_limits.h"
#include "searcher/query/query_simplify.h"

#include <check.h>

enum { FEW_CLAUSES = 40 };

static void check_leaf(const QueryNode *leaf, bool below_not)
{
    ck_assert(leaf->boost >= QUERY_MIN_BOOST && leaf->boost <= QUERY_MAX_BOOST);
    ck_assert(!below_not || leaf->boost == 1.0F);
    if (leaf->kind != QUERY_PHRASE) {
        ck_assert_uint_gt(leaf->term.size, 0);
        return;
    }
    ck_assert_uint_ge(leaf->word_count, 2);
    ck_assert_uint_eq(leaf->words[0].position, 0);
    for (size_t i = 1; i < leaf->word_count; i++)
        ck_assert_uint_gt(leaf->words[i].position, leaf->words[i - 1].position);
}

/* All pairs, so only of nodes with few clauses. */
static void check_no_equal_leaves(const QueryNode *node)
{
    if (node->clause_count > FEW_CLAUSES) return;
    for (size_t i = 0; i < node->clause_count; i++)
        for (size_t j = 0; j < i; j++) {
            QueryClause a = node->clauses[i], b = node->clauses[j];
            if (!query_leaf_equal(a.node, b.node)) continue;
            ck_assert_int_ne(a.occur, b.occur);
            ck_assert(a.occur + b.occur != OCCUR_MUST + OCCUR_NOT);
        }
}

static void check_node(const QueryNode *node, bool is_root, bool below_not)
{
    size_t counts[3] = {0};
    ck_assert_int_ne(node->kind, QUERY_NOTHING);
    if (node->kind != QUERY_BOOLEAN) {
        check_leaf(node, below_not);
        return;
    }
    ck_assert(node->boost == 1.0F);
    for (size_t i = 0; i < node->clause_count; i++) {
        QueryClause clause = node->clauses[i];
        counts[clause.occur]++;
        check_node(clause.node, false, below_not || clause.occur == OCCUR_NOT);
    }
    ck_assert_uint_ge(node->clause_count, 2);
    ck_assert_uint_gt(counts[OCCUR_SHOULD] + counts[OCCUR_MUST], 0);
    if (counts[OCCUR_MUST] == 0 && is_root)
        ck_assert_uint_ge(counts[OCCUR_SHOULD], 2);
    if (node->min_match) {
        ck_assert(is_root);
        ck_assert_uint_lt(node->min_match, counts[OCCUR_SHOULD]);
        ck_assert(node->min_match > 1 || counts[OCCUR_MUST] > 0);
    }
    check_no_equal_leaves(node);
}

void check_simplified(const QueryNode *root)
{
    if (root->kind != QUERY_NOTHING) check_node(root, true, false);
}

bool tree_equal(const QueryNode *a, const QueryNode *b)
{
    if (a->kind != b->kind || a->boost != b->boost) return false;
    if (a->kind == QUERY_NOTHING) return true;
    if (a->kind != QUERY_BOOLEAN) return query_leaf_equal(a, b);
    if (a->clause_count != b->clause_count || a->min_match != b->min_match)
        return false;
    for (size_t i = 0; i < a->clause_count; i++)
        if (a->clauses[i].occur != b->clauses[i].occur ||
            !tree_equal(a->clauses[i].node, b->clauses[i].node))
            return false;
    return true;
}
