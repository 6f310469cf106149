/* query_builder.h - constructs a query tree node by node.
 *
 * For programs that have clauses instead of a text. The finished tree has been
 * simplified as a parsed one, so it has the same invariants and the same
 * scores; its limits are those of query_limits.h. Nodes belong to the arena.
 *
 * The builder keeps the first failure: from then on nothing is made and
 * query_builder_finish returns it. The functions accept a NULL node: that of a
 * failure, or of a text without words, which adds nothing.
 */
#ifndef QUERN_QUERY_QUERY_BUILDER_H
#define QUERN_QUERY_QUERY_BUILDER_H

#include "searcher/query/query_parser.h"

typedef struct QueryBuilder {
    Arena *arena; /* borrowed */
    ParseState state;
    QueryNode nothing; /* the root of a query without words, or a failure */
    bool finished;
    Status status; /* the first failure ... */
    Error error;   /* ... and its message */
} QueryBuilder;

typedef struct BuilderNode BuilderNode;

/* Starts a query in an empty arena. */
void query_builder_start(QueryBuilder *builder, Arena *arena);

/* Keeps a failure of the caller's, if it is the first. */
void query_builder_fail(QueryBuilder *builder, Status status,
                        const char *format, ...) PRINTF_LIKE(3, 4);

/* All texts are copied. Terms and patterns are not analyzed: they are valid
 * UTF-8 and not empty, or ERR_USAGE. */
BuilderNode *query_builder_term(QueryBuilder *builder, QueryField field,
                                Span term);

/* A term that matches a pattern: a wildcard does not begin with a star. */
BuilderNode *query_builder_pattern(QueryBuilder *builder, QueryField field,
                                   QueryPattern kind, Span pattern,
                                   uint32_t edits);

/* Begins a phrase of `count` words, at least 1; query_builder_word has to
 * follow for each. A phrase of one word is a term. */
BuilderNode *query_builder_phrase(QueryBuilder *builder, QueryField field,
                                  size_t count, uint32_t slop);

/* Word `i` of a phrase. Positions ascend; only their differences count. */
void query_builder_word(BuilderNode *phrase, size_t i, Span term,
                        uint32_t position);

/* Words of a text, analyzed: as if quoted in a query, or as a whole query. */
BuilderNode *query_builder_quoted(QueryBuilder *builder, QueryParser *parser,
                                  QueryField field, Span text, uint32_t slop);
BuilderNode *query_builder_parsed(QueryBuilder *builder, QueryParser *parser,
                                  Span text, const ParseOptions *options);

/* A group without clauses; it is dropped if it stays empty. */
BuilderNode *query_builder_group(QueryBuilder *builder);
void query_builder_add(BuilderNode *group, QueryOccur occur,
                       BuilderNode *clause);

/* Above 0, at most QUERY_MAX_BOOST. */
void query_builder_boost(BuilderNode *node, float boost);

/* The query of a root that is in no group; min_match as in ParseOptions. After
 * a failure *out is the query that matches nothing. */
NODISCARD Status query_builder_finish(QueryBuilder *builder, BuilderNode *root,
                                      uint32_t min_match, Query *out,
                                      Error *error);

/* The query that matches nothing; borrowed from the builder. */
Query query_builder_nothing(QueryBuilder *builder);

#endif
