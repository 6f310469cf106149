/* search_context.h - the workspace behind search.h, for its own files. */
#ifndef QUERN_SEARCH_SEARCH_CONTEXT_H
#define QUERN_SEARCH_SEARCH_CONTEXT_H

#include "searcher/search/executors/execution.h"
#include "searcher/search/search.h"

struct SearchContext {
    Index *index;
    Arena arena; /* of the query at hand: plan, cursors, hits */
    Plan plan;
    Bm25 bm25; /* of the last query: most have the same k1 and b */
    Execution execution;
};

/* Plans the query in the context's arena, which is emptied first. */
NODISCARD Status context_plan(SearchContext *context, const Query *query,
                              const SearchOptions *options, Error *error);

/* Sets cursors and phrase matchers up for a segment. */
NODISCARD Status execution_enter(Execution *execution, size_t segment_number,
                                 Error *error);

/* Releases them; ERR_NO_MEMORY if a matcher ran out of it. */
NODISCARD Status execution_leave(Execution *execution, Error *error);

#endif
