/* search.h - the k best documents of a query, exactly; and how many match.
 *
 * A SearchContext is one thread's workspace over one open index: everything a
 * query needs is allocated when it is planned and kept for the next query.
 *
 * Top-k is exactly what scoring every document gives: the same documents in
 * the same order with the same 32 bits of score, whatever the executor, the
 * instruction set or the number of segments. Order: score descending, then
 * arrival (global docid ascending).
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
    bool lacks_words;       /* whether no document has some word of the query,
                               or no word fits a pattern of it */
    uint64_t total;         /* valid if count was asked for */
    const QueryNote *notes; /* made while planning: caps that bit, "no
                               positions: phrase taken as AND"; borrowed */
} SearchResult;

typedef struct SearchContext SearchContext;

/* The index must outlive the context. */
NODISCARD Status search_context_new(Index *index, SearchContext **out,
                                    Error *error);
void search_context_free(SearchContext *context);

/* A query that matches nothing is OK with no hits. ERR_CORRUPT if the index
 * is damaged where the query needs it. */
NODISCARD Status search_run(SearchContext *context, const Query *query,
                            const SearchOptions *options, SearchResult *out,
                            Error *error);

/* How the score of one document came about, as lines of text with an
 * indentation of two spaces a level, Lucene's words. *matched tells whether
 * the query matches the document at all; if not, why is all there is: "it
 * lacks 'storm'". */
NODISCARD Status search_explain(SearchContext *context, const Query *query,
                                const SearchOptions *options, uint64_t document,
                                Buf *out, bool *matched, Error *error);

/* The terms that made the last query's documents match, for highlighting:
 * calls `visit` with each, word by word. Not those that were excluded, and
 * not those that no document has. */
void search_terms(const SearchContext *context,
                  void (*visit)(void *self, const SearchTerm *term),
                  void *self);

/* Prints the plan of a query: one line a node, with df and weight of each
 * term (--show-query). */
NODISCARD Status search_describe(SearchContext *context, const Query *query,
                                 const SearchOptions *options, Buf *out,
                                 Error *error);

#endif
