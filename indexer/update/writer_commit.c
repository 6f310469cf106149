/* writer_commit.c - what was done since the last commit is published. */
#include "indexer/update/index_writer_internal.h"

#include "common/segment/skip_log/skip_log.h"
#include "indexer/update/corrections.h"

#include <inttypes.h>

/* Segments without live documents */

/* What a segment has of the live documents of the index. */
static void subtract_live(Manifest *manifest, const Segment *segment,
                          const Removals *removals)
{
    manifest->document_count -= removals_live_count(removals, segment);
    manifest->nonempty_count -= segment->nonempty_count -
                                (removals ? removals->removed_nonempty : 0);
    manifest->token_count -= segment->token_count -
                             (removals ? removals->removed_tokens : 0);
}

/* With the segment its skip log goes. */
static Status subtract_skips(Manifest *manifest, Segment *segment, Error *error)
{
    SkipLogCounts counts = {0};
    Status status = skip_log_count(segment, &counts, error);
    uint64_t skipped = counts.of_kind[SKIP_LOG_SKIPPED];
    if (skipped > manifest->skipped_count) skipped = manifest->skipped_count;
    manifest->skipped_count -= skipped;
    return status;
}

/* Leaves out entries that have no name any more. */
static void drop_entries(Manifest *manifest)
{
    size_t kept = 0;
    for (size_t i = 0; i < manifest->segment_count; i++) {
        if (manifest->segments[i].name)
            manifest->segments[kept++] = manifest->segments[i];
    }
    manifest->segment_count = kept;
}

/* Removed documents */

static Status write_removals(Draft *draft, const CorrectionJob *job,
                             size_t number, Error *error)
{
    const IndexWriter *writer = draft->writer;
    const IndexFolder *folder = &writer->folder;
    Manifest *manifest = &draft->manifest;
    ManifestSegment *entry = &manifest->segments[number];
    Corrections corrections;
    Status status = corrections_find(job, &corrections, error);
    if (status == OK)
        status = corrections_write(
            job, &corrections, writer->index->removals[number], &folder->place,
            folder->access, &manifest->arena, entry, error);
    if (status == OK) {
        manifest->document_count -= job->removed->count;
        manifest->nonempty_count -= corrections.nonempty;
        manifest->token_count -= corrections.tokens;
        draft->report->written_bytes += entry->removed.bytes;
    }
    corrections_release(&corrections);
    return status;
}

static Status correct_segment(Draft *draft, size_t number, Error *error)
{
    const IndexWriter *writer = draft->writer;
    const Index *index = writer->index;
    const ManifestSegment *entry = &index->manifest.segments[number];
    CorrectionJob job = {.segment = index->segments[number],
                         .removed = &writer->removed.segments[number],
                         .analyzer = index->analyzer,
                         .analyzer_agrees = !index->rules_differ &&
                                            !index->analyzer_differs};
    Contents *contents = NULL;
    Status status = OK;
    if (entry->contents.name)
        status = contents_open_in(&writer->folder.place, entry, &contents,
                                  error);
    job.contents = contents;
    if (status == OK) status = write_removals(draft, &job, number, error);
    contents_close(contents);
    return status;
}

static Status remove_from(Draft *draft, size_t number, Error *error)
{
    const IndexWriter *writer = draft->writer;
    Segment *segment = writer->index->segments[number];
    const Removals *removals = writer->index->removals[number];
    uint32_t count = writer->removed.segments[number].count;
    if (count == 0) return OK;
    if (count < removals_live_count(removals, segment))
        return correct_segment(draft, number, error);
    subtract_live(&draft->manifest, segment, removals);
    draft->manifest.segments[number].name = NULL;
    return subtract_skips(&draft->manifest, segment, error);
}

static Status remove_documents(Draft *draft, Error *error)
{
    const RemovalSet *removed = &draft->writer->removed;
    Status status = OK;
    for (size_t i = 0; status == OK && i < removed->segment_count; i++) {
        status = remove_from(draft, i, error);
        if (status == OK)
            status = build_check_cancelled(draft->writer->build.listener,
                                           error);
    }
    drop_entries(&draft->manifest);
    return status;
}

/* New documents */

static uint32_t taken_documents(const IndexWriter *writer)
{
    const IdTable *ids = &writer->intake.ids;
    return writer->is_taking ? ids->count - ids->dropped_count : 0;
}

static Status add_documents(Draft *draft, Error *error)
{
    IndexWriter *writer = draft->writer;
    Intake *intake = &writer->intake;
    WriterReport *report = draft->report;
    if (!taken_documents(writer)) return OK;
    BuildReport built = {0};
    index_folder_admit(&writer->folder, &intake->modes);
    intake_warn_kept_mode(intake);
    draft->manifest.skipped_count += skip_count_of(&intake->skips,
                                                   SKIP_LOG_SKIPPED);
    Status status = write_segments(intake, &draft->manifest, &built, error);
    report->written_bytes += built.index_bytes;
    if (!writer->folder.has_index)
        memcpy(report->narrowed_by, intake->modes.first, PATH_MAX);
    return status;
}

/* All documents have been read. */
static Status finish_intake(IndexWriter *writer, WriterReport *report,
                            Error *error)
{
    Intake *intake = &writer->intake;
    if (!writer->is_taking) return OK;
    Status status = intake_finish(intake, error);
    intake_report_progress(intake, true);
    if (status == OK)
        status = build_check_cancelled(writer->build.listener, error);
    memcpy(report->counts.skips, intake->skips.skip_log.counts.of_kind,
           sizeof report->counts.skips);
    report->logged = intake->skips.skip_log.counts.entries;
    report->text_bytes = intake->text_bytes;
    uint64_t skipped = report->counts.skips[SKIP_LOG_SKIPPED];
    if (status != OK || !writer->build.fail_on_skip || !skipped) return status;
    return fail_advising(error, ERR_CONFLICT, ADVICE_ALLOW_SKIPS,
                         "%" PRIu64 " record%s skipped; nothing was changed",
                         skipped, skipped == 1 ? " was" : "s were");
}

static bool has_changed(const IndexWriter *writer)
{
    return taken_documents(writer) || writer->removed.count;
}

/* The order matters: the average length of new segments is that of the
 * documents that are left. */
static Status commit(Draft *draft, Error *error)
{
    IndexWriter *writer = draft->writer;
    Status status = finish_intake(writer, draft->report, error);
    if (status != OK || !has_changed(writer)) return status;
    status = remove_documents(draft, error);
    if (status == OK) status = add_documents(draft, error);
    if (status == OK && !writer->options.no_merge)
        status = draft_merge(draft, error);
    return status == OK ? draft_publish(draft, error) : status;
}

Status writer_commit(IndexWriter *writer, WriterReport *report, Error *error)
{
    Draft draft;
    *report = (WriterReport){0};
    Status status = writer_refresh(writer, error);
    if (status == OK) status = draft_begin(writer, report, &draft, error);
    if (status != OK) return status;
    report->memory = writer->memory;
    report->threads = writer->build.threads;
    status = commit(&draft, error);
    draft_release(&draft);
    if (status != OK) {
        index_folder_note_kept(&writer->folder, error);
        return status;
    }
    writer_end_report(writer, report);
    writer_reset(writer);
    writer->is_stale = report->published;
    return OK;
}
