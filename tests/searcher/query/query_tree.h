/* query_tree.h - what tests ask of a whole tree: its invariants, equality. */
#ifndef QUERN_QUERY_QUERY_TREE_H
#define QUERN_QUERY_QUERY_TREE_H

#include "searcher/query/query.h"

/* Fails the test if the tree breaks a promise of query_simplify.h. */
void check_simplified(const QueryNode *root);

/* Same shape, same leaves, same bits of boost. */
bool tree_equal(const QueryNode *a, const QueryNode *b);

#endif
