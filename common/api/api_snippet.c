/* api_snippet.c - snippets of the last search. */
#include "common/api/api_context.h"

_Static_assert(sizeof(quern_range) == sizeof(SnippetMark), "one layout");
_Static_assert(offsetof(quern_range, start) == offsetof(SnippetMark, start),
               "one layout");
_Static_assert(offsetof(quern_range, end) == offsetof(SnippetMark, end),
               "one layout");

enum { MAX_PASSAGES = 100 };

static quern_status take_shape(const quern_snippet_options *given,
                               SnippetShape *out, quern_error *error)
{
    quern_snippet_options options = QUERN_SNIPPET_OPTIONS_INIT;
    quern_status status = api_take_options(&options, sizeof options,
                                           sizeof options, given,
                                           "quern_snippet_options", error);
    if (status != QUERN_OK) return status;
    if (options.field != QUERN_FIELD_TEXT && options.field != QUERN_FIELD_TITLE)
        return api_invalid(error, "the field of a snippet is title or text");
    if (options.size == 0) return api_invalid(error, "passages of 0 bytes");
    if (options.passages < 1 || options.passages > MAX_PASSAGES)
        return api_invalid(error, "%zu passages: from 1 to %d are possible",
                           options.passages, MAX_PASSAGES);
    *out = (SnippetShape){(QueryField)options.field, options.size,
                          options.passages};
    return QUERN_OK;
}

/* The terms of the last search: copies, as it may be another query's turn. */
static Status collect_terms(quern_context *context, Error *error)
{
    if (context->has_terms) return OK;
    matched_terms_clear(&context->terms);
    if (context->has_result)
        search_terms(context->search, matched_terms_add, &context->terms);
    if (context->terms.status != OK)
        return fail_memory(error, "collecting the words of a query");
    context->has_terms = true;
    return OK;
}

static const quern_range *ranges_of(const SnippetMark *marks)
{
    return (const quern_range *)(const void *)marks;
}

static Status make(quern_context *context, const SnippetShape *shape, Span text,
                   const quern_snippet **out, Error *error)
{
    Snippet made;
    bool is_title = shape->field == FIELD_TITLE;
    ApiSnippet *self = is_title ? &context->title : &context->text;
    Status status = collect_terms(context, error);
    if (status == OK && !self->maker)
        status = snippet_maker_new(context->index->index->analyzer,
                                   &self->maker, error);
    if (status == OK)
        status = snippet_make(self->maker, &context->terms, shape, text, &made,
                              error);
    if (status != OK) return status;
    self->snippet = (quern_snippet){
        .text = api_string(made.text),
        .marks = ranges_of(made.marks),
        .source_marks = ranges_of(made.sources),
        .mark_count = made.mark_count,
        .passages = ranges_of(made.passages),
        .source_passages = ranges_of(made.source_passages),
        .passage_count = made.passage_count,
        .cut_before = made.cut_before,
        .cut_after = made.cut_after};
    *out = &self->snippet;
    return OK;
}

quern_status quern_snippet_text(quern_context *context, quern_string text,
                                const quern_snippet_options *options,
                                const quern_snippet **snippet,
                                quern_error *error)
{
    SnippetShape shape;
    if (snippet) *snippet = NULL;
    if (!context || !snippet)
        return api_invalid(error, "%s is NULL",
                           context ? "snippet" : "context");
    if (!api_is_string(text)) return api_invalid(error, "the text is NULL");
    quern_status taking = take_shape(options, &shape, error);
    if (taking != QUERN_OK) return taking;
    Error own;
    Status status = make(context, &shape, api_span(text), snippet, &own);
    return api_return(status, &own, error);
}

quern_status quern_snippet_document(quern_context *context, uint64_t document,
                                    const quern_snippet_options *options,
                                    const quern_snippet **snippet,
                                    quern_error *error)
{
    SnippetShape shape;
    if (snippet) *snippet = NULL;
    if (!context || !snippet)
        return api_invalid(error, "%s is NULL",
                           context ? "snippet" : "context");
    quern_status taking = take_shape(options, &shape, error);
    if (taking != QUERN_OK) return taking;
    StoredDocument found;
    quern_status reading = api_read_stored(context, document, &found, error);
    if (reading != QUERN_OK) return reading;
    Error own;
    Status status = make(context, &shape,
                         shape.field == FIELD_TITLE ? found.title : found.text,
                         snippet, &own);
    return api_return(status, &own, error);
}
