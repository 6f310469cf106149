/* api_builder.c - documents to an index. */
#include "common/api/api_builder.h"

#include <stdlib.h>
#include <unistd.h>

/* --- use by one thread of one process at a time --- */

quern_status builder_enter(quern_builder *builder, quern_error *error)
{
    if (!builder) return api_invalid(error, "builder is NULL");
    if (builder->process != getpid())
        return api_invalid(error,
                           "the %s is that of another process, from which this "
                           "one was forked",
                           builder->kind);
    if (atomic_exchange(&builder->is_busy, true))
        return api_invalid(error,
                           "the %s is in use, by another thread or by a "
                           "function that calls its listener",
                           builder->kind);
    if (builder->failure.status != QUERN_OK)
        return builder_leave(builder, builder->failure.status,
                             &builder->failure, error);
    if (!builder->is_finished) return QUERN_OK;
    atomic_store(&builder->is_busy, false);
    return api_invalid(error, "the builder has finished; make another one");
}

quern_status builder_leave(quern_builder *builder, quern_status status,
                           const quern_error *failure, quern_error *error)
{
    if (status != QUERN_OK) {
        if (failure != &builder->failure) builder->failure = *failure;
        if (error) *error = *failure;
    }
    atomic_store(&builder->is_busy, false);
    return status;
}

/* --- from claim to index --- */

static quern_status start(quern_builder *builder, quern_string folder,
                          const quern_build_options *options,
                          quern_error *error)
{
    ApiAnalyzerOptions analyzer;
    quern_status status = builder_take_options(builder, folder, options,
                                               &analyzer, error);
    if (status != QUERN_OK) return status;
    builder->fields = calloc(builder->options.corpus.store_field_count + 1,
                             sizeof *builder->fields);
    if (!builder->fields) return api_no_memory(error, "starting an index");
    builder_init_listener(builder);
    Error own;
    return api_return(build_new(&builder->options, &builder->build, &own), &own,
                      error);
}

quern_status quern_builder_new(quern_string folder,
                               const quern_build_options *options,
                               quern_builder **builder, quern_error *error)
{
    if (!builder) return api_invalid(error, "builder is NULL");
    *builder = NULL;
    quern_builder *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "starting an index");
    self->kind = "builder";
    self->process = getpid();
    quern_status status = start(self, folder, options, error);
    if (status == QUERN_OK) {
        *builder = self;
    } else {
        quern_builder_free(self);
    }
    return status;
}

/* In a forked process the threads are not there, and the folder is its
 * parent's; while a function is at work, it cannot go on without. */
void quern_builder_free(quern_builder *builder)
{
    if (!builder || builder->process != getpid()) return;
    if (atomic_exchange(&builder->is_busy, true)) return;
    build_free(builder->build);
    arena_release(&builder->arena);
    free(builder->fields);
    free(builder);
}

static bool is_stored(const CorpusOptions *names, Span name)
{
    for (size_t i = 0; i < names->store_field_count; i++) {
        if (span_equals_text(name, names->store_fields[i])) return true;
    }
    return false;
}

static bool is_among(const DocumentField *fields, size_t count, Span name)
{
    for (size_t i = 0; i < count; i++) {
        if (span_equal(fields[i].name, name)) return true;
    }
    return false;
}

/* Copies the fields for the room. Each is one of store_fields, and given once:
 * so there is room for all. */
static quern_status take_fields(quern_builder *builder,
                                const quern_document *document,
                                quern_error *error)
{
    if (document->field_count && !document->fields)
        return api_invalid(error, "the fields of a document are NULL");
    for (size_t i = 0; i < document->field_count; i++) {
        const quern_stored_field *field = &document->fields[i];
        Span name = api_span(field->name);
        if (!api_is_string(field->name) || !api_is_string(field->value))
            return api_invalid(error, "the name or value of a field is NULL");
        if (!is_stored(&builder->options.corpus, name))
            return api_invalid(error, "field '%.*s' is not in store_fields",
                               SPAN_ARGS(name));
        if (is_among(builder->fields, i, name))
            return api_invalid(error, "field '%.*s' is given twice",
                               SPAN_ARGS(name));
        builder->fields[i] = (DocumentField){name, api_span(field->value)};
    }
    return QUERN_OK;
}

quern_status builder_take_document(quern_builder *builder,
                                   const quern_document *given, Document *out,
                                   quern_error *error)
{
    quern_document document = QUERN_DOCUMENT_INIT;
    if (!given) return api_invalid(error, "document is NULL");
    quern_status status = api_take_options(&document, sizeof document,
                                           sizeof document, given,
                                           "quern_document", error);
    if (status != QUERN_OK) return status;
    if (!api_is_string(document.id) || !api_is_string(document.title) ||
        !api_is_string(document.text))
        return api_invalid(error, "the id, title or text of a document is "
                                  "NULL");
    status = take_fields(builder, &document, error);
    if (status != QUERN_OK) return status;
    *out = (Document){.id = api_span(document.id),
                      .title = api_span(document.title),
                      .text = api_span(document.text),
                      .fields = builder->fields,
                      .field_count = document.field_count};
    return QUERN_OK;
}

static quern_status add(quern_builder *builder, const quern_document *given,
                        quern_error *error)
{
    Document document;
    quern_status status = builder_take_document(builder, given, &document,
                                                error);
    if (status != QUERN_OK) return status;
    Error failure;
    return api_return(build_add(builder->build, &document, &failure), &failure,
                      error);
}

quern_status quern_builder_add(quern_builder *builder,
                               const quern_document *document,
                               quern_error *error)
{
    quern_status status = builder_enter(builder, error);
    if (status != QUERN_OK) return status;
    quern_error failure;
    status = add(builder, document, &failure);
    return builder_leave(builder, status, &failure, error);
}

static void fill_report(const BuildReport *from, quern_build_report *out)
{
    *out = (quern_build_report){
        .document_count = from->documents,
        .nonempty_count = from->nonempty,
        .token_count = from->tokens,
        .term_count = from->terms,
        .skipped_count = from->skips[SKIP_LOG_SKIPPED],
        .changed_count = from->skips[SKIP_LOG_CHANGED],
        .duplicate_count = from->skips[SKIP_LOG_DUPLICATE],
        .text_bytes = from->text_bytes,
        .index_bytes = from->index_bytes,
        .segment_count = from->segments,
        .threads = from->threads,
        .memory = from->memory,
        .seconds = from->seconds};
}

quern_status quern_builder_finish(quern_builder *builder,
                                  const quern_build_report **report,
                                  quern_error *error)
{
    if (report) *report = NULL;
    quern_status status = builder_enter(builder, error);
    if (status != QUERN_OK) return status;
    BuildReport own_report;
    Error own;
    quern_error failure;
    status = api_return(build_finish(builder->build, &own_report, &own), &own,
                        &failure);
    if (status == QUERN_OK) {
        builder->is_finished = true;
        fill_report(&own_report, &builder->report);
        if (report) *report = &builder->report;
    }
    return builder_leave(builder, status, &failure, error);
}
