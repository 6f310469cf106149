/* api_node.c - constructing a query.
 *
 * The query keeps the first failure, an invalid argument too.
 */
#include "common/api/api_context.h"
#include "common/api/api_query.h"

_Static_assert((int)QUERN_FIELD_ANY == (int)FIELD_ANY, "equal numbers");
_Static_assert((int)QUERN_FIELD_TITLE == (int)FIELD_TITLE, "equal numbers");
_Static_assert((int)QUERN_FIELD_TEXT == (int)FIELD_TEXT, "equal numbers");
_Static_assert((int)QUERN_SHOULD == (int)OCCUR_SHOULD, "equal numbers");
_Static_assert((int)QUERN_MUST == (int)OCCUR_MUST, "equal numbers");
_Static_assert((int)QUERN_NOT == (int)OCCUR_NOT, "equal numbers");
_Static_assert((int)QUERN_PREFIX == (int)PATTERN_PREFIX, "equal numbers");
_Static_assert((int)QUERN_WILDCARD == (int)PATTERN_WILDCARD, "equal numbers");
_Static_assert((int)QUERN_FUZZY == (int)PATTERN_FUZZY, "equal numbers");

static quern_node *node_of(BuilderNode *node)
{
    return (quern_node *)(void *)node;
}

/* Whether the builder may go on with these arguments. */
static bool takes(quern_query *query, quern_field field, quern_string text)
{
    if (!query) return false;
    if ((unsigned)field > QUERN_FIELD_TEXT)
        query_builder_fail(&query->builder, ERR_USAGE, "unknown field %d",
                           (int)field);
    if (!api_is_string(text))
        query_builder_fail(&query->builder, ERR_USAGE, "the text is NULL");
    return query->builder.status == OK;
}

quern_node *quern_node_term(quern_query *query, quern_field field,
                            quern_string term)
{
    if (!takes(query, field, term)) return NULL;
    return node_of(
        query_builder_term(&query->builder, (QueryField)field, api_span(term)));
}

quern_node *quern_node_phrase(quern_query *query, quern_field field,
                              const quern_string *terms,
                              const uint32_t *positions, size_t term_count,
                              uint32_t slop)
{
    if (!takes(query, field, (quern_string){0})) return NULL;
    if (!terms && term_count) {
        query_builder_fail(&query->builder, ERR_USAGE, "the terms are NULL");
        return NULL;
    }
    BuilderNode *phrase = query_builder_phrase(
        &query->builder, (QueryField)field, term_count, slop);
    for (size_t i = 0; phrase && i < term_count; i++) {
        if (!takes(query, field, terms[i])) return NULL;
        query_builder_word(phrase, i, api_span(terms[i]),
                           positions ? positions[i] : (uint32_t)i);
    }
    return query->builder.status == OK ? node_of(phrase) : NULL;
}

quern_node *quern_node_pattern(quern_query *query, quern_field field,
                               quern_pattern kind, quern_string pattern,
                               uint32_t edits)
{
    if (!takes(query, field, pattern)) return NULL;
    if ((unsigned)kind > QUERN_FUZZY) {
        query_builder_fail(&query->builder, ERR_USAGE, "unknown pattern %d",
                           (int)kind);
        return NULL;
    }
    return node_of(query_builder_pattern(&query->builder, (QueryField)field,
                                         (QueryPattern)kind, api_span(pattern),
                                         edits));
}

/* The parser of a context; NULL, with a failure kept. */
static QueryParser *parser_of(quern_query *query, quern_context *context)
{
    Error error;
    QueryParser *parser = NULL;
    Status status = ERR_USAGE;
    if (context)
        status = api_context_parser(context, &parser, &error);
    else
        fail(&error, status, "context is NULL");
    if (status == OK) return parser;
    query_builder_fail(&query->builder, status, "%s", error.message);
    return NULL;
}

quern_node *quern_node_text(quern_query *query, quern_context *context,
                            quern_field field, quern_string text, uint32_t slop)
{
    if (!takes(query, field, text)) return NULL;
    QueryParser *parser = parser_of(query, context);
    if (!parser) return NULL;
    return node_of(query_builder_quoted(
        &query->builder, parser, (QueryField)field, api_span(text), slop));
}

quern_node *quern_node_parse(quern_query *query, quern_context *context,
                             quern_string text,
                             const quern_parse_options *options)
{
    if (!takes(query, QUERN_FIELD_ANY, text)) return NULL;
    quern_error error;
    ParseOptions taken;
    quern_status status = api_take_parse_options(options, &taken, &error);
    if (status != QUERN_OK) {
        query_builder_fail(&query->builder, (Status)status, "%s",
                           error.message);
    } else if (taken.min_match) {
        query_builder_fail(&query->builder, ERR_USAGE,
                           "a part of a query has no minimum match; give it "
                           "to quern_query_build");
    }
    QueryParser *parser = parser_of(query, context);
    if (!parser || query->builder.status != OK) return NULL;
    return node_of(
        query_builder_parsed(&query->builder, parser, api_span(text), &taken));
}

quern_node *quern_node_group(quern_query *query)
{
    return query ? node_of(query_builder_group(&query->builder)) : NULL;
}

void quern_node_add(quern_node *group, quern_occur occur, quern_node *clause)
{
    query_builder_add(api_node(group), (QueryOccur)occur, api_node(clause));
}

void quern_node_boost(quern_node *node, float boost)
{
    query_builder_boost(api_node(node), boost);
}

quern_status quern_query_build(quern_query *query, quern_node *root,
                               uint32_t min_match, quern_error *error)
{
    if (!query) return api_invalid(error, "query is NULL");
    Error own;
    Status status = query_builder_finish(&query->builder, api_node(root),
                                         min_match, &query->query, &own);
    status = api_query_complete(query, status, &own);
    return api_return(status, &own, error);
}
