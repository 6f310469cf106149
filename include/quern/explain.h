/* explain.h - why a document has its score, and how a query is searched.
 *
 * Both are searches in that the context's last result ends with them.
 */
#ifndef QUERN_EXPLAIN_H
#define QUERN_EXPLAIN_H

#include <quern/search.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Explains the score of a document as Lucene does: lines of text, each indented
 * two spaces a level and ending with a line feed. If the query does not match
 * it, *matched is false and the text is the reason, "it does not contain
 * 'storm'". *text is borrowed from the context until the next call of a
 * function of this header. k, count and exhaustive have no effect.
 * QUERN_INVALID if the index has no such document, QUERN_CORRUPT. */
QUERN_API quern_status quern_explain(quern_context *context,
                                     const quern_query *query,
                                     const quern_search_options *options,
                                     uint64_t document, quern_string *text,
                                     bool *matched, quern_error *error);

/* Describes how a query is searched: one line a clause, with the number of
 * documents and the weight of each term. *text is borrowed as above. */
QUERN_API quern_status quern_describe_plan(quern_context *context,
                                           const quern_query *query,
                                           const quern_search_options *options,
                                           quern_string *text,
                                           quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
