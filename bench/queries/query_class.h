/* query_class.h - the class of a query by its form, where none is given. */
#ifndef QUERN_QUERIES_QUERY_CLASS_H
#define QUERN_QUERIES_QUERY_CLASS_H

#include "searcher/query/query.h"

/* One of
 *   term          one word
 *   union         words, any of which may match
 *   intersection  words that must all match
 *   phrase        one phrase
 *   negated       words and an excluded one
 *   pattern       anything with a prefix, wildcard or fuzzy word
 *   mixed         all else
 *   nothing       no word is left
 * as the query sets of other benchmarks call them. */
const char *query_class(const Query *query);

#endif
