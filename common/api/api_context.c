/* api_context.c - one thread's workspace. */
#include "common/api/api_context.h"

#include <stdlib.h>

quern_status quern_context_new(const quern_index *index,
                               quern_context **context, quern_error *error)
{
    if (!context) return api_invalid(error, "context is NULL");
    *context = NULL;
    if (!index) return api_invalid(error, "index is NULL");
    quern_context *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "preparing to search");
    self->index = index;
    self->max_bytes = STORED_MAX_BYTES;
    Error own;
    Status status = search_context_new(index->index, &self->search, &own);
    if (status == OK) {
        *context = self;
    } else {
        quern_context_free(self);
    }
    return api_return(status, &own, error);
}

static void free_readers(quern_context *context)
{
    size_t count = context->index->index->manifest.segment_count;
    for (size_t i = 0; context->readers && i < count; i++)
        stored_reader_free(context->readers[i]);
    free(context->readers);
}

void quern_context_free(quern_context *context)
{
    if (!context) return;
    search_context_free(context->search);
    query_parser_free(context->parser);
    free_readers(context);
    snippet_maker_free(context->title.maker);
    snippet_maker_free(context->text.maker);
    matched_terms_release(&context->terms);
    arena_release(&context->notes);
    buf_release(&context->fields);
    buf_release(&context->id);
    buf_release(&context->ids);
    buf_release(&context->id_places);
    buf_release(&context->id_strings);
    buf_release(&context->explanation);
    free(context);
}

Status api_context_parser(quern_context *context, QueryParser **out,
                          Error *error)
{
    Status status = OK;
    if (!context->parser)
        status = query_parser_new(context->index->index->analyzer,
                                  &context->parser, error);
    *out = context->parser;
    return status;
}

void api_context_forget(quern_context *context)
{
    context->has_result = false;
    context->has_terms = false;
}
