/* search_context.h - the workspace of search.h, for this folder. */
#ifndef QUERN_SEARCH_SEARCH_CONTEXT_H
#define QUERN_SEARCH_SEARCH_CONTEXT_H

#include "searcher/search/executors/execution.h"
#include "searcher/search/search.h"
#include "searcher/search/search_trace.h"

struct SearchContext {
    Index *index;
    Arena arena; /* of the current query: plan, cursors, hits */
    Plan plan;
    Scoring scoring; /* of the last query: most have the same k1 and b */
    Execution execution;
    const IdFilter *filter; /* of the query; NULL: all documents */
    SearchTrace *trace;     /* of the query; NULL: none is asked for */
};

/* Resets the context's arena and plans the query in it. */
NODISCARD Status context_plan(SearchContext *context, const Query *query,
                              const SearchOptions *options, Error *error);

/* Enters a segment with the filter of the query (execution_enter). */
NODISCARD Status context_enter(SearchContext *context, size_t segment_index,
                               Error *error);

#endif
