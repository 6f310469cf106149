/* query_parser.h - any bytes to a query tree, in linear time: cannot fail.
 *
 * The language is docs/query-language.md. What does not act as an operator is
 * text; what is dropped is noted. The tree is simplified: nested groups of
 * one kind flattened where they have no boost, equal words merged within must
 * or within should, boosts multiplied down to the leaves, clauses left empty
 * removed.
 */
#ifndef QUERN_QUERY_QUERY_PARSER_H
#define QUERN_QUERY_QUERY_PARSER_H

#include "common/text/analyzer.h"
#include "searcher/query/query.h"

typedef struct ParseOptions {
    bool plain;         /* no operator acts; words count one by one */
    bool require_all;   /* --all: bare words are required */
    uint32_t min_match; /* --min-match N; 0: not given */
} ParseOptions;

/* One thread's parser: keeps a token stream between queries. */
typedef struct QueryParser QueryParser;

NODISCARD Status query_parser_new(const Analyzer *analyzer, QueryParser **out,
                                  Error *error);
void query_parser_free(QueryParser *parser);

/* Everything of *out lives in the arena. ERR_NO_MEMORY is the only failure. */
NODISCARD Status query_parse(QueryParser *parser, Span text,
                             const ParseOptions *options, Arena *arena,
                             Query *out, Error *error);

/* The tree as one line of the query language with everything explicit:
 * +quick +(brown fox)^2 -"lazy dog". For --show-query, --json and tests. */
void query_format(const Query *query, Buf *out);

#endif
