/* query_simplify.h - a raw tree to one the planner can take as it is.
 *
 * Same matches, same 32 bits of score as the raw tree has in Lucene, with
 * fewer nodes. What always holds afterwards:
 *   - the boost of a Boolean node is 1; that of a leaf is all boosts above it,
 *     multiplied from the root down as floats, times its own, within
 *     QUERY_MIN_BOOST and QUERY_MAX_BOOST; below a NOT it is 1
 *   - a Boolean node has at least two clauses, one of them no NOT, and is no
 *     deeper than some hundreds
 *   - no two leaves of one node with the same occur are equal, and none is
 *     both MUST and NOT
 *   - the root has a MUST or at least two SHOULD; a group may also have a lone
 *     SHOULD beside its NOT: +x +(a -b)
 *   - min_match: 0, or below the number of SHOULD and at least 2 where there
 *     is no MUST; only at the root
 *   - no clause is QUERY_NOTHING
 */
#ifndef QUERN_QUERY_QUERY_SIMPLIFY_H
#define QUERN_QUERY_QUERY_SIMPLIFY_H

#include "common/base/buf.h"
#include "searcher/query/query_notes.h"

typedef struct QuerySimplifier {
    Arena *arena;
    NoteList *notes;
    Buf *table; /* scratch */
} QuerySimplifier;

/* In a raw tree a Boolean node with no boost given has the boost 0; one with
 * a boost, even of 1, stays apart from its parent. Changes the nodes in place.
 * NULL if nothing is left; QUERY_NOTHING if it contradicts itself or only
 * excludes. A failure is kept in the arena or table. */
QueryNode *query_simplify(QuerySimplifier *simplifier, QueryNode *raw);

/* How many of a Boolean node's clauses are no NOT. */
size_t query_offer_count(const QueryNode *node);

/* Whether the clause's group would dissolve in its parent, which has
 * `offer_count` of those, if it had no boost of its own. */
bool query_group_dissolves(const QueryNode *parent, const QueryClause *clause,
                           size_t offer_count);

#endif
