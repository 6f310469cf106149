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
#include "searcher/query/query_notes.h"

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

/* A query that is read in several parts, by a QueryBuilder: what they share.
 */
typedef struct ParseState {
    Arena *arena;
    NoteList notes;
    size_t word_count, pattern_count; /* so far; query_limits.h */
    bool dropped_stop_words;
} ParseState;

/* The raw tree of a text (query_simplify.h), without min_match; *out is NULL,
 * with a note, if it has no words. */
NODISCARD Status query_parse_part(QueryParser *parser, Span text,
                                  const ParseOptions *options,
                                  ParseState *state, QueryNode **out,
                                  Error *error);

/* The leaf of a text in quotes: a term, or a phrase with a slop. */
NODISCARD Status query_parse_quoted(QueryParser *parser, Span text,
                                    QueryField field, uint32_t slop,
                                    ParseState *state, QueryNode **out,
                                    Error *error);

/* Simplifies a raw tree whose root is a Boolean node; *out is NULL if no clause
 * is left. */
NODISCARD Status query_simplify_raw(QueryNode *raw, uint32_t min_match,
                                    ParseState *state, QueryNode **out);

/* The tree as one line of the query language, with explicit signs:
 * +quick +(brown fox)^2 -"lazy dog". */
void query_format(const Query *query, Buf *out);

#endif
