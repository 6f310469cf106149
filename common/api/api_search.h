/* api_search.h - searching, for the room. */
#ifndef QUERN_API_API_SEARCH_H
#define QUERN_API_API_SEARCH_H

#include "common/api/api_context.h"
#include "common/api/api_query.h"

struct quern_filter {
    IdFilter *filter;         /* owned; NULL: all documents pass */
    const quern_index *index; /* of which these are documents */
};

/* The caller's options for a search in the index. The filter stays borrowed. */
quern_status api_take_search_options(const quern_search_options *given,
                                     const quern_index *index,
                                     SearchOptions *out, quern_error *error);

/* Searches: fills the context's result. */
NODISCARD Status api_search(quern_context *context, const quern_query *query,
                            const SearchOptions *options, Error *error);

#endif
