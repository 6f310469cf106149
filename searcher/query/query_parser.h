/* query_parser.h - parses any bytes into a query tree, in linear time.
 *
 * The language is docs/query-language.md. There are no syntax errors: a
 * character that is not an operator in its place is text, and notes list what
 * was dropped. The tree is simplified: nested groups of one kind are flattened
 * if they have no boost, equal words are merged within must or within should,
 * boosts are multiplied down to the leaves, empty clauses are removed.
 */
#ifndef QUERN_QUERY_QUERY_PARSER_H
#define QUERN_QUERY_QUERY_PARSER_H

#include "common/text/analyzer.h"
#include "searcher/query/query.h"

typedef struct ParseOptions {
    bool plain;         /* no operators: a bag of words */
    bool require_all;   /* words without a sign are required */
    uint32_t min_match; /* alternatives that must match; 0: not given */
} ParseOptions;

/* Keeps a token stream between queries; one per thread. */
typedef struct QueryParser QueryParser;

NODISCARD Status query_parser_new(const Analyzer *analyzer, QueryParser **out,
                                  Error *error);
void query_parser_free(QueryParser *parser);

/* *out is allocated in the arena. ERR_NO_MEMORY is the only failure. */
NODISCARD Status query_parse(QueryParser *parser, Span text,
                             const ParseOptions *options, Arena *arena,
                             Query *out, Error *error);

/* The tree as one line of the query language, with explicit signs:
 * +quick +(brown fox)^2 -"lazy dog". */
void query_format(const Query *query, Buf *out);

#endif
