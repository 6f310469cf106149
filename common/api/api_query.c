/* api_query.c - parsing a query, and what it is. */
#include "common/api/api_query.h"

#include "common/api/api_context.h"
#include "common/api/api_notes.h"
#include "searcher/query/query_limits.h"

#include <stdlib.h>

quern_status quern_query_new(quern_query **query, quern_error *error)
{
    if (!query) return api_invalid(error, "query is NULL");
    *query = calloc(1, sizeof **query);
    if (!*query) return api_no_memory(error, "making a query");
    quern_query_clear(*query);
    return QUERN_OK;
}

void quern_query_free(quern_query *query)
{
    if (!query) return;
    arena_release(&query->arena);
    buf_release(&query->text);
    free(query);
}

void quern_query_clear(quern_query *query)
{
    if (!query) return;
    arena_reset(&query->arena);
    query_builder_start(&query->builder, &query->arena);
    query->query = query_builder_nothing(&query->builder);
    query->notes = NULL;
    query->note_count = 0;
}

quern_status api_take_parse_options(const quern_parse_options *given,
                                    ParseOptions *out, quern_error *error)
{
    quern_parse_options options = QUERN_PARSE_OPTIONS_INIT;
    quern_status status = api_take_options(&options, sizeof options,
                                           sizeof options, given,
                                           "quern_parse_options", error);
    if (status == QUERN_OK && options.min_match > QUERY_MAX_WORDS)
        status = api_invalid(error,
                             "a minimum match of %u: at most %d is possible",
                             options.min_match, QUERY_MAX_WORDS);
    *out = (ParseOptions){.plain = options.plain,
                          .require_all = options.require_all,
                          .min_match = options.min_match};
    return status;
}

Status api_query_complete(quern_query *query, Status status, Error *error)
{
    if (status == OK)
        status = api_notes(query->query.notes, &query->arena, &query->notes,
                           &query->note_count, error);
    if (status != OK) query->query = query_builder_nothing(&query->builder);
    return status;
}

Status api_query_parse(quern_query *query, QueryParser *parser, Span text,
                       const ParseOptions *options, Error *error)
{
    quern_query_clear(query);
    query->builder.finished = true;
    Status status = query_parse(parser, text, options, &query->arena,
                                &query->query, error);
    return api_query_complete(query, status, error);
}

quern_status quern_query_parse(quern_query *query, quern_context *context,
                               quern_string text,
                               const quern_parse_options *options,
                               quern_error *error)
{
    ParseOptions taken;
    if (!query || !context)
        return api_invalid(error, "%s is NULL", query ? "context" : "query");
    if (!api_is_string(text)) return api_invalid(error, "the text is NULL");
    quern_status taking = api_take_parse_options(options, &taken, error);
    if (taking != QUERN_OK) return taking;
    Error own;
    QueryParser *parser;
    Status status = api_context_parser(context, &parser, &own);
    if (status == OK)
        status = api_query_parse(query, parser, api_span(text), &taken, &own);
    else
        quern_query_clear(query);
    return api_return(status, &own, error);
}

quern_status quern_query_format(quern_query *query, quern_string *text,
                                quern_error *error)
{
    if (text) *text = (quern_string){0};
    if (!query || !text)
        return api_invalid(error, "%s is NULL", query ? "text" : "query");
    Error own;
    buf_clear(&query->text);
    query_format(&query->query, &query->text);
    Status status = buf_check(&query->text, "formatting a query", &own);
    if (status == OK) *text = api_string(buf_span(&query->text));
    return api_return(status, &own, error);
}

uint32_t quern_query_min_match(const quern_query *query)
{
    const QueryNode *root = query ? query->query.root : NULL;
    return root && root->kind == QUERY_BOOLEAN ? root->min_match : 0;
}

const quern_note *quern_query_notes(const quern_query *query, size_t *count)
{
    if (count) *count = query ? query->note_count : 0;
    return query ? query->notes : NULL;
}
