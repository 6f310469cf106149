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
    const IdFilter *filter; /* of the query; NULL: all documents */
};

/* Plans the query in the context's arena, which is emptied first. */
NODISCARD Status context_plan(SearchContext *context, const Query *query,
                              const SearchOptions *options, Error *error);

/* Goes to a segment, as execution_enter. */
NODISCARD Status context_enter(SearchContext *context, size_t segment_index,
                               Error *error);

#endif
