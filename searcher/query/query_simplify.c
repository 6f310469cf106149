/* query_simplify.c - rewrites a raw tree into the form that the planner needs.
 *
 * Bottom-up, each group is rewritten to a fixed point before its parent, in the
 * order of Lucene's BooleanQuery.rewrite, so that scores are cast to float at
 * the same nodes:
 *
 *   merge     equal words of a node become one
 *   dissolve  (a b) c -> a b c      +(+a -b) +c -> +a -b +c
 *             -(a b) -> -a -b       +(a b) -c -> a b -c
 *   unwrap    a group of one clause is that clause
 *   promote   at the root, a -b -> +a -b
 *
 * then, top-down, boosts are multiplied into the leaves. Only a group without
 * a boost dissolves: the sum of a boosted one is cast separately. Two rewrites
 * are not Lucene's and change no score: NOT groups dissolve, and a required
 * group that only excludes passes its exclusions to its parent, which in
 * Lucene would match nothing.
 */
#include "searcher/query/query_simplify.h"

#include "searcher/query/query_limits.h"

#include <float.h>

static size_t occur_count(const QueryNode *node, QueryOccur occur)
{
    size_t count = 0;
    for (size_t i = 0; i < node->clause_count; i++)
        count += node->clauses[i].occur == occur;
    return count;
}

static bool is_all(const QueryNode *node, QueryOccur occur)
{
    return node->kind == QUERY_BOOLEAN &&
           occur_count(node, occur) == node->clause_count;
}

static QueryNode *become_nothing(QueryNode *node)
{
    *node = (QueryNode){.kind = QUERY_NOTHING, .boost = 1};
    return node;
}

/* --- dissolve --- */

size_t query_offer_count(const QueryNode *node)
{
    return node->clause_count - occur_count(node, OCCUR_NOT);
}

bool query_group_dissolves(const QueryNode *parent, const QueryClause *clause,
                           size_t offer_count)
{
    const QueryNode *child = clause->node;
    if (child->kind != QUERY_BOOLEAN || child->min_match > 1) return false;
    if (clause->occur == OCCUR_MUST)
        return occur_count(child, OCCUR_SHOULD) == 0 ||
               (offer_count == 1 && is_all(child, OCCUR_SHOULD));
    if (clause->occur == OCCUR_SHOULD && parent->min_match > 1) return false;
    return is_all(child, OCCUR_SHOULD);
}

/* A boost below a NOT has no effect. */
static bool may_dissolve(const QueryNode *parent, const QueryClause *clause,
                         size_t offer_count)
{
    const QueryNode *child = clause->node;
    return (child->boost == 0.0F || clause->occur == OCCUR_NOT ||
            is_all(child, OCCUR_NOT)) &&
           query_group_dissolves(parent, clause, offer_count);
}

/* The occur in the parent of a clause of a dissolved group. */
static QueryOccur dissolved_occur(QueryOccur outer, QueryOccur inner)
{
    return outer == OCCUR_NOT ? OCCUR_NOT : inner;
}

/* Replaces groups by their clauses, in order. */
static bool dissolve(QuerySimplifier *self, QueryNode *node)
{
    size_t count = 0, groups = 0;
    size_t offers = query_offer_count(node);
    for (size_t i = 0; i < node->clause_count; i++) {
        bool group = may_dissolve(node, &node->clauses[i], offers);
        count += group ? node->clauses[i].node->clause_count : 1;
        groups += group;
    }
    if (groups == 0) return false;
    QueryClause *clauses = arena_alloc(self->arena, count * sizeof *clauses);
    if (!clauses) return false;
    count = 0;
    for (size_t i = 0; i < node->clause_count; i++) {
        QueryClause clause = node->clauses[i];
        if (!may_dissolve(node, &clause, offers)) {
            clauses[count++] = clause;
            continue;
        }
        for (size_t j = 0; j < clause.node->clause_count; j++) {
            QueryClause inner = clause.node->clauses[j];
            inner.occur = dissolved_occur(clause.occur, inner.occur);
            clauses[count++] = inner;
        }
    }
    node->clauses = clauses;
    node->clause_count = count;
    return true;
}

/* --- promote --- */

/* The root's alternatives become required if all of them must match: a single
 * one, or no more than min_match. Not those of groups: Lucene leaves +(a -b) +a
 * unchanged and adds a twice. Normalizes min_match. */
static bool promote(QuerySimplifier *self, QueryNode *node)
{
    if (node->kind != QUERY_BOOLEAN) return false;
    size_t should = occur_count(node, OCCUR_SHOULD);
    size_t implied = occur_count(node, OCCUR_MUST) > 0 ? 0 : 1;
    size_t needed = node->min_match > implied ? node->min_match : implied;
    if (should == 0 || needed <= implied) node->min_match = 0;
    if (should == 0 || needed < should) return false;
    if (needed > should)
        note_add(self->notes,
                 "minimum match %zu exceeds the %zu alternatives: all are "
                 "required",
                 needed, should);
    for (size_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur == OCCUR_SHOULD)
            node->clauses[i].occur = OCCUR_MUST;
    node->min_match = 0;
    return true;
}

/* --- unwrap --- */

static QueryNode *unwrap(QueryNode *node)
{
    if (node->clause_count != 1 || node->clauses[0].occur == OCCUR_NOT)
        return node;
    QueryNode *only = node->clauses[0].node;
    if (only->boost == 0.0F) {
        only->boost = node->boost;
    } else if (node->boost > 0) {
        only->boost *= node->boost;
        if (only->boost == 0.0F) only->boost = FLT_MIN; /* 0 means none */
    }
    return only;
}

/* --- the whole --- */

static QueryNode *simplify(QuerySimplifier *self, QueryNode *node);

/* Simplifies the children and removes those that match nothing. False if the
 * node then matches nothing: because a required child or all others did. */
static bool simplify_children(QuerySimplifier *self, QueryNode *node)
{
    size_t kept = 0;
    bool lost = false;
    for (size_t i = 0; i < node->clause_count; i++) {
        QueryClause clause = node->clauses[i];
        clause.node = simplify(self, clause.node);
        if (!clause.node) continue;
        bool excludes = is_all(clause.node, OCCUR_NOT);
        if (excludes && clause.occur != OCCUR_MUST)
            note_add(self->notes, "group with only excluded words, dropped");
        if (clause.node->kind == QUERY_NOTHING ||
            (excludes && clause.occur != OCCUR_MUST)) {
            if (clause.occur == OCCUR_MUST) return false;
            lost |= clause.occur == OCCUR_SHOULD;
            continue;
        }
        node->clauses[kept++] = clause;
    }
    node->clause_count = kept;
    return !lost || occur_count(node, OCCUR_NOT) < kept;
}

static QueryNode *simplify(QuerySimplifier *self, QueryNode *node)
{
    if (node->kind != QUERY_BOOLEAN) return node;
    if (!simplify_children(self, node)) return become_nothing(node);
    do {
        if (!query_merge(node, self->table)) {
            note_add(self->notes,
                     "a term is both required and excluded: no hits");
            return become_nothing(node);
        }
    } while (dissolve(self, node));
    return node->clause_count > 0 ? unwrap(node) : NULL;
}

static void clear_boosts(QueryNode *node)
{
    node->boost = 1;
    for (size_t i = 0; i < node->clause_count; i++)
        clear_boosts(node->clauses[i].node);
}

static void push_boosts(QuerySimplifier *self, QueryNode *node, float above)
{
    float boost = node->boost == 0.0F ? above : node->boost * above;
    if (node->kind == QUERY_BOOLEAN) {
        node->boost = 1;
        for (size_t i = 0; i < node->clause_count; i++) {
            if (node->clauses[i].occur == OCCUR_NOT)
                clear_boosts(node->clauses[i].node);
            else
                push_boosts(self, node->clauses[i].node, boost);
        }
        return;
    }
    node->boost = boost > QUERY_MAX_BOOST   ? QUERY_MAX_BOOST
                  : boost < QUERY_MIN_BOOST ? QUERY_MIN_BOOST
                                            : boost;
    if (node->boost != boost)
        note_warning(self->notes,
                     "product of boosts out of range, limited to 0.000001 to "
                     "1000000");
}

QueryNode *query_simplify(QuerySimplifier *simplifier, QueryNode *raw)
{
    QueryNode *node = raw;
    do node = simplify(simplifier, node);
    while (node && promote(simplifier, node));
    if (!node || node->kind == QUERY_NOTHING) return node;
    if (is_all(node, OCCUR_NOT)) {
        note_add(simplifier->notes, "query has only excluded words: no hits");
        return become_nothing(node);
    }
    push_boosts(simplifier, node, 1);
    return node;
}
