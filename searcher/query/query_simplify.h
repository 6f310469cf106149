/* query_simplify.h - rewrites a raw tree into the form that the planner needs.
 *
 * The result has the same matches and the same 32 bits of score as the raw
 * tree has in Lucene, with fewer nodes. Its invariants:
 *   - the boost of a Boolean node is 1; that of a leaf is all boosts above it,
 *     multiplied from the root down as floats, times its own, within
 *     QUERY_MIN_BOOST and QUERY_MAX_BOOST; below a NOT it is 1
 *   - a Boolean node has at least two clauses, of which at least one is not
 *     NOT, and the depth is at most a few hundred
 *   - no two leaves of one node with the same occur are equal, and no leaf is
 *     both MUST and NOT
 *   - the root has a MUST or at least two SHOULD; a group may also have a
 *     single SHOULD with its NOT: +x +(a -b)
 *   - min_match is 0, or less than the number of SHOULD and, without a MUST, at
 *     least 2; only at the root
 *   - no clause is QUERY_NOTHING
 */
#ifndef QUERN_QUERY_QUERY_SIMPLIFY_H
#define QUERN_QUERY_QUERY_SIMPLIFY_H

#include "common/base/buf.h"
#include "searcher/query/query.h"
#include "searcher/query/query_notes.h"

typedef struct QuerySimplifier {
    Arena *arena;
    NoteList *notes;
    Buf *table; /* scratch */
} QuerySimplifier;

/* In a raw tree a Boolean node without a boost has boost 0; one with a boost,
 * even of 1, is not flattened. Changes the nodes in place. NULL if no clause is
 * left; QUERY_NOTHING if the query contradicts itself or only excludes. A
 * failure is kept in the arena or table. */
QueryNode *query_simplify(QuerySimplifier *simplifier, QueryNode *raw);

/* The number of a Boolean node's clauses other than NOT. */
size_t query_offer_count(const QueryNode *node);

/* Whether the clause's group would be flattened into its parent, which has
 * `offer_count` clauses other than NOT, if it had no boost. */
bool query_group_dissolves(const QueryNode *parent, const QueryClause *clause,
                           size_t offer_count);

/* query_merge.c: equal leaves of one Boolean node become one. */

/* Whether two leaves are equal except for their boosts. */
bool query_leaf_equal(const QueryNode *a, const QueryNode *b);

/* Merges equal leaves that have the same occur: the first stays, with the sum
 * of the boosts. False if a leaf is both MUST and NOT. `table` is scratch and
 * keeps a failure. */
bool query_merge(QueryNode *node, Buf *table);

#endif
