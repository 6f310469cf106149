/* writer_publish.c - a manifest that is going to replace the old one. */
#include "indexer/update/index_writer_internal.h"

#include "common/base/clock.h"

/* What is going to be published begins as what is there. */
Status draft_begin(IndexWriter *writer, WriterReport *report, Draft *draft,
                   Error *error)
{
    Manifest *manifest = &draft->manifest;
    *draft = (Draft){.writer = writer, .report = report};
    *report = (WriterReport){.counts = writer->counts};
    if (!writer->folder.has_index) {
        manifest->generation = writer->folder.old.generation + 1;
        return build_describe(&writer->build, writer->analyzer, manifest,
                              error);
    }
    Status status = manifest_copy(&writer->folder.old, manifest, error);
    if (status != OK) return status;
    manifest->generation++;
    manifest->version = QUERN_VERSION;
    manifest->created = build_time_text(&manifest->arena);
    return manifest->created ? OK : fail_memory(error, "changing an index");
}

void draft_release(Draft *draft)
{
    manifest_release(&draft->manifest);
}

/* Of all files but MANIFEST. */
static uint64_t sum_bytes(const Manifest *manifest)
{
    uint64_t bytes = manifest->history.bytes;
    for (size_t i = 0; i < manifest->segment_count; i++) {
        const ManifestSegment *segment = &manifest->segments[i];
        bytes += segment->bytes + segment->removed.bytes +
                 segment->contents.bytes;
    }
    return bytes;
}

/* The segment of the draft that the index did not have; NULL if there is not
 * exactly one. */
static const char *new_segment(const Draft *draft)
{
    const Manifest *old = &draft->writer->folder.old;
    const char *found = NULL;
    for (size_t i = 0; i < draft->manifest.segment_count; i++) {
        const char *name = draft->manifest.segments[i].name;
        size_t at = 0;
        while (at < old->segment_count &&
               strcmp(name, old->segments[at].name) != 0)
            at++;
        if (at < old->segment_count) continue;
        if (found) return NULL;
        found = name;
    }
    return found;
}

static Status add_publication(const Draft *draft, History *history,
                              Error *error)
{
    const History *sources = &draft->writer->sources;
    const WriterCounts *counts = &draft->writer->counts;
    Status status = OK;
    for (size_t i = 0; status == OK && i < sources->source_count; i++)
        status = history_add_source(history, sources->sources[i], error);
    if (status != OK) return status;
    Publication publication = {
        .generation = draft->manifest.generation,
        .time = draft->manifest.created,
        .verb = draft->writer->options.verb,
        .added = counts->added,
        .replaced = counts->replaced,
        .removed = counts->removed,
        .documents = draft->manifest.document_count,
        .segment = new_segment(draft),
        .from = sources->source_count ? sources->sources[0] : ""};
    return history_add(history, &publication, error);
}

static Status write_history(Draft *draft, Error *error)
{
    const IndexFolder *folder = &draft->writer->folder;
    Manifest *manifest = &draft->manifest;
    History history;
    Status status = history_read(&folder->place, manifest, &history, error);
    if (status != OK) return status;
    status = add_publication(draft, &history, error);
    if (status == OK)
        status = history_write(&history, &folder->place, folder->access,
                               &manifest->arena, &manifest->history, error);
    manifest->source_count = 0; /* they are in the history */
    history_release(&history);
    return status;
}

/* Names of stored fields are in the segments, if there are any. */
static Status keep_fields(const IndexWriter *writer, Manifest *manifest,
                          Error *error)
{
    const CorpusOptions *corpus = &writer->build.corpus;
    size_t count = corpus->store_field_count;
    manifest->field_count = 0;
    if (!manifest->has_stored || manifest->segment_count) return OK;
    manifest->fields = arena_alloc(&manifest->arena,
                                   (count + 1) * sizeof *manifest->fields);
    if (!manifest->fields) return fail_memory(error, "changing an index");
    for (size_t i = 0; i < count; i++)
        manifest->fields[i] = corpus->store_fields[i];
    manifest->field_count = count;
    return OK;
}

/* What the index has. */
static void report_state(const Manifest *manifest, WriterReport *report)
{
    report->documents = manifest->document_count;
    report->tokens = manifest->token_count;
    report->segments = (uint32_t)manifest->segment_count;
    report->index_bytes = sum_bytes(manifest);
}

static void fill_report(const Draft *draft)
{
    WriterReport *report = draft->report;
    report_state(&draft->manifest, report);
    report->published = true;
    report->written_bytes += draft->manifest.history.bytes;
    report->mode = draft->writer->folder.access.mode;
}

Status draft_publish(Draft *draft, Error *error)
{
    IndexWriter *writer = draft->writer;
    Status status = write_history(draft, error);
    if (status == OK) status = keep_fields(writer, &draft->manifest, error);
    if (status != OK) return status;
    fill_report(draft);
    /* From here on nothing may abandon the folder. */
    build_report_released(writer->build.listener);
    return index_folder_publish(&writer->folder, &draft->manifest, error);
}

void writer_end_report(IndexWriter *writer, WriterReport *report)
{
    report->seconds = clock_seconds() - writer->start;
    writer->start = clock_seconds();
    if (!report->published) report_state(&writer->folder.old, report);
}
