/* search.h - the k best documents of a query, exactly, and the number of
 * matches.
 *
 * A SearchContext is one thread's workspace over one open index. All that a
 * query needs is allocated when it is planned, and reused by the next query.
 *
 * Top-k is rank-safe: the same documents in the same order with the same 32
 * bits of score as scoring every document, for every executor, instruction set
 * and number of segments. Order: score descending, then arrival (global docid
 * ascending).
 */
#ifndef QUERN_SEARCH_SEARCH_H
#define QUERN_SEARCH_SEARCH_H

#include "common/segment/index.h"
#include "searcher/search/id_filter.h"
#include "searcher/search/plan/search_types.h"

typedef struct Hit {
    uint64_t document; /* global docid */
    float score;
} Hit;

typedef struct SearchResult {
    const Hit *hits; /* best first; borrowed until the next search */
    uint32_t hit_count;
    bool lacks_words;       /* some word of the query is in no document, or some
                               pattern matches no term */
    uint64_t total;         /* number of matches, if options->count */
    const QueryNote *notes; /* from planning: a limit that was reached, an index
                               without positions; borrowed */
} SearchResult;

typedef struct SearchContext SearchContext;

/* The index must outlive the context. */
NODISCARD Status search_context_new(Index *index, SearchContext **out,
                                    Error *error);
void search_context_free(SearchContext *context);

/* OK without hits if nothing matches. ERR_CORRUPT if the index is damaged where
 * the query reads it. */
NODISCARD Status search_run(SearchContext *context, const Query *query,
                            const SearchOptions *options, SearchResult *out,
                            Error *error);

/* Explains the score of one document as Lucene does: lines of text, indented
 * two spaces a level. *matched is whether the query matches the document; if
 * not, the text is the reason: "it does not contain 'storm'". */
NODISCARD Status search_explain(SearchContext *context, const Query *query,
                                const SearchOptions *options, uint64_t document,
                                Buf *out, bool *matched, Error *error);

/* For highlighting: calls `visit` with each term of the last query, word by
 * word, except excluded terms and terms that no document has. None if the query
 * could not be planned, or there was none. Their texts are the context's: the
 * query is not needed any more. */
void search_terms(const SearchContext *context,
                  void (*visit)(void *self, const SearchTerm *term),
                  void *self);

/* Writes the plan of a query to out: one line a node, with df and weight of
 * each term (--show-query). */
NODISCARD Status search_describe(SearchContext *context, const Query *query,
                                 const SearchOptions *options, Buf *out,
                                 Error *error);

/* The same of the last query, whose result stays valid. */
void search_describe_last(const SearchContext *context, Buf *out);

#endif
