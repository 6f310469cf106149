/* search_session.h - parser and search context of one thread, reused from query
 * to query. */
#ifndef QUERN_SEARCHER_SEARCH_SESSION_H
#define QUERN_SEARCHER_SEARCH_SESSION_H

#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "searcher/search/search_trace.h"
#include "searcher/search_settings.h"

typedef struct Session {
    Index *index; /* borrowed */
    QueryParser *parser;
    SearchContext *context;
    ParseOptions parse_options;
    SearchOptions search_options; /* points to `trace`: never copied */
    Arena arena;                  /* of the current query */

    /* The last query and its result; valid until the next one. */
    Span text; /* borrowed */
    Query query;
    SearchResult result;
    double seconds; /* to parse, plan and execute */
    double parse_seconds;
    SearchTrace trace; /* with --trace */
} Session;

/* The index must outlive the session. `count`: whether to count matches
 * exactly. */
NODISCARD Status session_open(Session *session, Index *index,
                              const Settings *settings, bool count,
                              Error *error);
void session_close(Session *session); /* may be all zero */

/* Only parses: fills query. */
NODISCARD Status session_parse(Session *session, Span text, Error *error);

/* Parses and searches: fills query, result and seconds. */
NODISCARD Status session_search(Session *session, Span text, Error *error);

/* The query as it was read, in the query language; --min-match is shown as the
 * option that it is. */
void put_interpreted(const Query *query, Buf *out);

#endif
