/* query_merge.h - equal leaves of one Boolean node become one. */
#ifndef QUERN_QUERY_QUERY_MERGE_H
#define QUERN_QUERY_QUERY_MERGE_H

#include "common/base/buf.h"
#include "searcher/query/query.h"

/* Whether two leaves are equal except for their boosts. */
bool query_leaf_equal(const QueryNode *a, const QueryNode *b);

/* Merges equal leaves that have the same occur: the first stays, with the sum
 * of the boosts. False if a leaf is both MUST and NOT. `table` is scratch and
 * keeps a failure. */
bool query_merge(QueryNode *node, Buf *table);

#endif
