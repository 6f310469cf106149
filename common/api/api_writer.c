/* api_writer.c - changes to an index. */
#include "common/api/api_builder.h"
#include "indexer/update/index_writer.h"

#include <quern/write.h>

#include <stdlib.h>
#include <unistd.h>

struct quern_writer {
    quern_builder base; /* what keeps callers from using it wrongly; its options
                           and listener. It has no Build */
    IndexWriter *writer; /* owned */
    quern_write_report report;
};

/* --- opening --- */

static quern_status take_writer(const quern_writer_options *given,
                                quern_writer_options *out, quern_error *error)
{
    quern_status status = api_take_options(out, sizeof *out, sizeof *out, given,
                                           "quern_writer_options", error);
    if (status != QUERN_OK || out->wait_seconds >= 0) return status;
    return api_invalid(error, "wait_seconds must not be negative");
}

/* Fields are those of the index, whatever the caller's options say. */
static quern_status keep_fields(quern_writer *self, quern_error *error)
{
    CorpusOptions *own = &self->base.options.corpus;
    const CorpusOptions *corpus = &writer_options(self->writer)->corpus;
    own->store_fields = corpus->store_fields;
    own->store_field_count = corpus->store_field_count;
    self->base.fields = calloc(own->store_field_count + 1,
                               sizeof *self->base.fields);
    return self->base.fields ? QUERN_OK
                             : api_no_memory(error, "opening an index");
}

static quern_status start(quern_writer *self, quern_string folder,
                          const quern_writer_options *given, quern_error *error)
{
    quern_writer_options options = QUERN_WRITER_OPTIONS_INIT;
    ApiAnalyzerOptions analyzer;
    quern_status status = take_writer(given, &options, error);
    if (status == QUERN_OK)
        status = builder_take_options(&self->base, folder, options.build,
                                      &analyzer, error);
    if (status != QUERN_OK) return status;
    builder_init_listener(&self->base);
    WriterOptions own = writer_defaults();
    own.build = self->base.options;
    own.create = options.create;
    own.wait = options.wait_seconds;
    own.no_merge = options.no_merge;
    own.verb = "write";
    Error failure;
    status = api_return(writer_open(&own, &self->writer, &failure), &failure,
                        error);
    return status == QUERN_OK ? keep_fields(self, error) : status;
}

quern_status quern_writer_open(quern_string folder,
                               const quern_writer_options *options,
                               quern_writer **writer, quern_error *error)
{
    if (!writer) return api_invalid(error, "writer is NULL");
    *writer = NULL;
    quern_writer *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "opening an index");
    self->base.kind = "writer";
    self->base.process = getpid();
    quern_status status = start(self, folder, options, error);
    if (status == QUERN_OK) {
        *writer = self;
    } else {
        quern_writer_close(self);
    }
    return status;
}

/* As quern_builder_free. */
void quern_writer_close(quern_writer *writer)
{
    if (!writer || writer->base.process != getpid()) return;
    if (atomic_exchange(&writer->base.is_busy, true)) return;
    writer_close(writer->writer);
    arena_release(&writer->base.arena);
    free(writer->base.fields);
    free(writer);
}

/* --- documents --- */

static quern_status enter(quern_writer *writer, quern_error *error)
{
    if (!writer) return api_invalid(error, "writer is NULL");
    return builder_enter(&writer->base, error);
}

static quern_status put(quern_writer *writer, WriterMode mode,
                        const quern_document *given, quern_error *error)
{
    quern_error failure;
    Document document;
    quern_status status = enter(writer, error);
    if (status != QUERN_OK) return status;
    status = builder_take_document(&writer->base, given, &document, &failure);
    if (status == QUERN_OK) {
        Error own;
        status = api_return(writer_put(writer->writer, mode, &document, &own),
                            &own, &failure);
    }
    return builder_leave(&writer->base, status, &failure, error);
}

quern_status quern_writer_add(quern_writer *writer,
                              const quern_document *document,
                              quern_error *error)
{
    return put(writer, WRITER_ADD, document, error);
}

quern_status quern_writer_update(quern_writer *writer,
                                 const quern_document *document,
                                 quern_error *error)
{
    return put(writer, WRITER_UPDATE, document, error);
}

static quern_status read_path(quern_writer *writer, WriterMode mode,
                              quern_string given,
                              const quern_reader_options *options, Arena *arena,
                              quern_error *error)
{
    const char *path;
    CorpusOptions corpus;
    quern_status status = builder_take_path(&writer->base, given, options,
                                            arena, &path, &corpus, error);
    if (status != QUERN_OK) return status;
    Error own;
    status = api_return(
        writer_read(writer->writer, mode, &corpus, &path, 1, &own), &own,
        error);
    if (status != QUERN_OK) builder_put_suggestion(&writer->base, error);
    return status;
}

static quern_status put_path(quern_writer *writer, WriterMode mode,
                             quern_string path,
                             const quern_reader_options *options,
                             quern_error *error)
{
    quern_status status = enter(writer, error);
    if (status != QUERN_OK) return status;
    Arena arena = {0};
    quern_error failure;
    status = read_path(writer, mode, path, options, &arena, &failure);
    arena_release(&arena);
    return builder_leave(&writer->base, status, &failure, error);
}

quern_status quern_writer_add_path(quern_writer *writer, quern_string path,
                                   const quern_reader_options *options,
                                   quern_error *error)
{
    return put_path(writer, WRITER_ADD, path, options, error);
}

quern_status quern_writer_update_path(quern_writer *writer, quern_string path,
                                      const quern_reader_options *options,
                                      quern_error *error)
{
    return put_path(writer, WRITER_UPDATE, path, options, error);
}

quern_status quern_writer_remove(quern_writer *writer, quern_string id,
                                 bool *found, quern_error *error)
{
    quern_error failure;
    bool own_found = false;
    if (found) *found = false;
    quern_status status = enter(writer, error);
    if (status != QUERN_OK) return status;
    if (api_is_string(id)) {
        Error own;
        status = api_return(
            writer_remove(writer->writer, api_span(id), &own_found, &own), &own,
            &failure);
    } else {
        status = api_invalid(&failure, "the id is NULL");
    }
    if (found) *found = own_found;
    return builder_leave(&writer->base, status, &failure, error);
}

/* --- publishing --- */

static void fill_report(const WriterReport *from, quern_write_report *out)
{
    const WriterCounts *counts = &from->counts;
    *out = (quern_write_report){
        .added_count = counts->added,
        .replaced_count = counts->replaced,
        .unchanged_count = counts->unchanged,
        .removed_count = counts->removed,
        .skipped_count = counts->skips[SKIP_LOG_SKIPPED],
        .changed_count = counts->skips[SKIP_LOG_CHANGED],
        .duplicate_count = counts->skips[SKIP_LOG_DUPLICATE],
        .published = from->published,
        .document_count = from->documents,
        .token_count = from->tokens,
        .segment_count = from->segments,
        .merged_count = from->merged,
        .index_bytes = from->index_bytes,
        .written_bytes = from->written_bytes,
        .seconds = from->seconds};
}

/* Ends a call that publishes. */
static quern_status leave(quern_writer *writer, quern_status status,
                          const WriterReport *from, const quern_error *failure,
                          const quern_write_report **report, quern_error *error)
{
    if (status == QUERN_OK) {
        fill_report(from, &writer->report);
        if (report) *report = &writer->report;
    }
    return builder_leave(&writer->base, status, failure, error);
}

quern_status quern_writer_commit(quern_writer *writer,
                                 const quern_write_report **report,
                                 quern_error *error)
{
    Error own;
    quern_error failure;
    WriterReport from;
    if (report) *report = NULL;
    quern_status status = enter(writer, error);
    if (status != QUERN_OK) return status;
    status = api_return(writer_commit(writer->writer, &from, &own), &own,
                        &failure);
    return leave(writer, status, &from, &failure, report, error);
}

quern_status quern_writer_merge(quern_writer *writer, uint32_t segments,
                                const quern_write_report **report,
                                quern_error *error)
{
    Error own;
    quern_error failure;
    WriterReport from;
    if (report) *report = NULL;
    quern_status status = enter(writer, error);
    if (status != QUERN_OK) return status;
    status = api_return(writer_merge(writer->writer, segments, &from, &own),
                        &own, &failure);
    return leave(writer, status, &from, &failure, report, error);
}
