/* query_merge.h - equal leaves of one Boolean node become one. */
#ifndef QUERN_QUERY_QUERY_MERGE_H
#define QUERN_QUERY_QUERY_MERGE_H

#include "common/base/buf.h"
#include "searcher/query/query.h"

/* Equal but for their boosts. */
bool query_leaf_equal(const QueryNode *a, const QueryNode *b);

/* Among SHOULD and among MUST, equal leaves become the first of them with the
 * sum of their boosts; among NOT, just the first. False if one is both MUST
 * and NOT. `table` is scratch and keeps a failure. */
bool query_merge(QueryNode *node, Buf *table);

#endif
