/* api_query.h - the query of the API, for the room. */
#ifndef QUERN_API_API_QUERY_H
#define QUERN_API_API_QUERY_H

#include "common/api/api_error.h"
#include "searcher/query/query_builder.h"

#include <quern/query.h>

struct quern_query {
    Query query; /* of the arena, or the builder's nothing */
    Arena arena;
    QueryBuilder builder;
    const quern_note *notes; /* of the arena */
    size_t note_count;
    Buf text; /* of quern_query_format */
};

/* quern_node is the BuilderNode itself. */
static inline BuilderNode *api_node(quern_node *node)
{
    return (BuilderNode *)(void *)node;
}

/* The caller's options for the parser. */
quern_status api_take_parse_options(const quern_parse_options *given,
                                    ParseOptions *out, quern_error *error);

/* Takes over the notes of a new content, and makes them an array; a failure
 * leaves a query that matches nothing. */
NODISCARD Status api_query_complete(quern_query *query, Status status,
                                    Error *error);

/* Parses a text into the query. */
NODISCARD Status api_query_parse(quern_query *query, QueryParser *parser,
                                 Span text, const ParseOptions *options,
                                 Error *error);

#endif
