/* api_explain.c - explanations of scores and plans. */
#include "common/api/api_search.h"

#include <quern/explain.h>

static quern_status begin(quern_context *context, const quern_query *query,
                          const quern_search_options *options,
                          quern_string *text, SearchOptions *taken,
                          quern_error *error)
{
    if (text) *text = (quern_string){0};
    if (!context || !query || !text)
        return api_invalid(error, "%s is NULL",
                           !context ? "context"
                           : query  ? "text"
                                    : "query");
    api_context_forget(context);
    buf_clear(&context->explanation);
    return api_take_search_options(options, context->index, taken, error);
}

quern_status quern_explain(quern_context *context, const quern_query *query,
                           const quern_search_options *options,
                           uint64_t document, quern_string *text, bool *matched,
                           quern_error *error)
{
    SearchOptions taken;
    if (matched) *matched = false;
    quern_status status = begin(context, query, options, text, &taken, error);
    if (status != QUERN_OK) return status;
    if (!matched) return api_invalid(error, "matched is NULL");
    uint32_t docid;
    size_t number;
    if (!api_locate(context->index, document, &docid, &number, error))
        return QUERN_INVALID;
    Error own;
    Status explained = search_explain(context->search, &query->query, &taken,
                                      document, &context->explanation, matched,
                                      &own);
    if (explained == OK) *text = api_string(buf_span(&context->explanation));
    if (explained != OK) *matched = false;
    return api_return(explained, &own, error);
}

quern_status quern_describe_plan(quern_context *context,
                                 const quern_query *query,
                                 const quern_search_options *options,
                                 quern_string *text, quern_error *error)
{
    SearchOptions taken;
    quern_status status = begin(context, query, options, text, &taken, error);
    if (status != QUERN_OK) return status;
    Error own;
    Status described = search_describe(context->search, &query->query, &taken,
                                       &context->explanation, &own);
    if (described == OK) *text = api_string(buf_span(&context->explanation));
    return api_return(described, &own, error);
}
