/* writer_merge.c - segments of a draft become fewer. */
#include "indexer/update/index_writer_internal.h"

#include "indexer/merge/manifest_merge.h"

static Status merge_next(Draft *draft, size_t max_segments, bool *merged,
                         Error *error)
{
    const BuildOptions *build = &draft->writer->build;
    MergeOptions options = {.folder = &draft->writer->folder,
                            .memory = build->memory,
                            .limits = build->limits,
                            .listener = build->listener};
    MergeStep step;
    Status status = manifest_merge_next(&options, &draft->manifest,
                                        max_segments, &step, error);
    *merged = step.merged > 0;
    draft->report->merged += (uint32_t)step.merged;
    draft->report->written_bytes += step.bytes;
    return status;
}

static void warn_unmerged(const Draft *draft, const Error *error)
{
    const BuildListener *listener = draft->writer->build.listener;
    Buf text = {0};
    if (!listener || !listener->warning) return;
    buf_printf(&text, "segments were not merged: %s", error->message);
    const char *message = buf_text(&text);
    if (message) listener->warning(listener->self, message);
    buf_release(&text);
}

/* Without the space for a merge the index has more segments than it should, and
 * the next writer merges them. */
Status draft_merge(Draft *draft, Error *error)
{
    bool merged = true;
    Status status = OK;
    while (status == OK && merged)
        status = merge_next(draft, MERGE_BY_POLICY, &merged, error);
    if (status != ERR_LIMIT) return status;
    warn_unmerged(draft, error);
    return OK;
}

/* One merge and its publication; *merged false: there is nothing to merge. */
static Status merge_and_publish(IndexWriter *writer, size_t max_segments,
                                WriterReport *report, bool *merged,
                                Error *error)
{
    Draft draft;
    *merged = false;
    *report = (WriterReport){0};
    Status status = writer_refresh(writer, error);
    if (status == OK) status = draft_begin(writer, report, &draft, error);
    if (status != OK) return status;
    status = merge_next(&draft, max_segments, merged, error);
    if (status == OK && *merged) status = draft_publish(&draft, error);
    if (report->published) writer->is_stale = true;
    draft_release(&draft);
    return status;
}

/* Each merge is published: what was done stays if a later one fails. */
Status writer_merge(IndexWriter *writer, uint32_t segments,
                    WriterReport *report, Error *error)
{
    Status status = OK;
    bool merged = true;
    *report = (WriterReport){0};
    while (status == OK && merged) {
        WriterReport step;
        status = merge_and_publish(writer, segments, &step, &merged, error);
        if (!step.published) break;
        step.merged += report->merged;
        step.written_bytes += report->written_bytes;
        *report = step;
    }
    if (status == OK) {
        writer_end_report(writer, report);
    } else if (report->published) {
        fail_again(error, "%s; what was merged before stays merged",
                   error->message);
    } else {
        index_folder_note_kept(&writer->folder, error);
    }
    return status;
}
