/* writer_merge.c - segments of a draft become fewer. */
#include "indexer/update/index_writer_internal.h"

#include "common/segment/contents/contents_writer.h"
#include "indexer/merge/merge_policy.h"
#include "indexer/merge/segment_merge.h"

#include <stdlib.h>

enum { CONTENTS_SHARE = 4 };

/* A draft that is opened, to look at its segments. */
typedef struct DraftMerge {
    Draft *draft;
    Index *index;
    SegmentSize *sizes; /* owned: of each segment */
} DraftMerge;

static void merge_release(DraftMerge *merge)
{
    index_close(merge->index);
    free(merge->sizes);
    merge->index = NULL;
    merge->sizes = NULL;
}

static Status measure(DraftMerge *merge, Error *error)
{
    const Index *index = merge->index;
    size_t count = index->manifest.segment_count;
    merge->sizes = calloc(count + 1, sizeof *merge->sizes);
    if (!merge->sizes) return fail_memory(error, "merging segments");
    for (size_t i = 0; i < count; i++) {
        const Segment *segment = index->segments[i];
        const Removals *removals = index->removals[i];
        merge->sizes[i] = (SegmentSize){
            .tokens = segment->token_count -
                      (removals ? removals->removed_tokens : 0),
            .documents = removals_live_count(removals, segment),
            .removed = removals ? removals->removed_count : 0};
    }
    return OK;
}

/* Opening the draft also proves that it can be opened. */
static Status merge_open(DraftMerge *merge, Draft *draft, Error *error)
{
    Manifest manifest;
    *merge = (DraftMerge){.draft = draft};
    Status status = manifest_copy(&draft->manifest, &manifest, error);
    if (status != OK) return status;
    status = index_open_draft(&draft->writer->folder.place, &manifest,
                              &merge->index, error);
    return status == OK ? measure(merge, error) : status;
}

/* The contents of live documents. */
static Status copy_contents(const DraftMerge *merge, size_t segment,
                            ContentsWriter *out, Error *error)
{
    const Index *index = merge->index;
    const ManifestSegment *entry = &index->manifest.segments[segment];
    Contents *contents;
    Status status = contents_open_in(&merge->draft->writer->folder.place, entry,
                                     &contents, error);
    for (uint32_t docid = 0; status == OK && docid < entry->documents;
         docid++) {
        if (index_is_live(index, segment, docid))
            contents_writer_put(out, contents_hash(contents, docid),
                                contents_length(contents, docid));
    }
    contents_close(contents);
    return status;
}

/* The file of contents next to the new segment, if all of the old ones have
 * one. */
static Status merge_contents(const DraftMerge *merge, size_t first,
                             size_t count, ManifestSegment *entry, Error *error)
{
    Draft *draft = merge->draft;
    const IndexWriter *writer = draft->writer;
    const IndexFolder *folder = &writer->folder;
    ContentsWriter out;
    Status status = OK;
    for (size_t i = first; i < first + count; i++) {
        if (!merge->index->manifest.segments[i].contents.name) return OK;
    }
    contents_writer_init(&out, writer->build.output,
                         (size_t)(writer->build.memory / CONTENTS_SHARE));
    for (size_t i = first; status == OK && i < first + count; i++)
        status = copy_contents(merge, i, &out, error);
    if (status == OK)
        status = contents_writer_finish(&out, &folder->place, folder->access,
                                        &draft->manifest.arena, entry, error);
    contents_writer_release(&out);
    return status;
}

/* The new entry takes the place of `count` others; without documents it is left
 * out. */
static void replace_entries(Manifest *manifest, size_t first, size_t count,
                            const ManifestSegment *entry)
{
    ManifestSegment *at = manifest->segments + first;
    size_t after = manifest->segment_count - first - count;
    size_t kept = entry->documents > 0;
    if (kept) *at = *entry;
    memmove(at + kept, at + count, after * sizeof *at);
    manifest->segment_count = first + kept + after;
}

static Status merge_range(DraftMerge *merge, size_t first, size_t count,
                          Error *error)
{
    Draft *draft = merge->draft;
    Manifest *manifest = &draft->manifest;
    const BuildOptions *build = &draft->writer->build;
    MergeOptions options = {.folder = &draft->writer->folder,
                            .memory = build->memory,
                            .limits = build->limits,
                            .pairs_min_df = manifest->pairs_min_df,
                            .k1 = manifest->k1,
                            .b = manifest->b,
                            .tokens = manifest->token_count,
                            .nonempty = manifest->nonempty_count,
                            .listener = build->listener};
    MergeSource *sources = calloc(count, sizeof *sources);
    ManifestSegment entry = {0};
    if (!sources) return fail_memory(error, "merging segments");
    for (size_t i = 0; i < count; i++)
        sources[i] = (MergeSource){merge->index->segments[first + i],
                                   merge->index->removals[first + i]};
    Status status = segments_merge(&options, sources, count, &manifest->arena,
                                   &entry, error);
    free(sources);
    if (status == OK && entry.documents && !build->has_stored)
        status = merge_contents(merge, first, count, &entry, error);
    if (status != OK) return status;
    replace_entries(manifest, first, count, &entry);
    draft->report->merged += (uint32_t)count;
    draft->report->written_bytes += entry.bytes + entry.contents.bytes;
    return OK;
}

/* One step of the policy; *merged false: there is nothing more to merge. */
static Status merge_step(Draft *draft, bool *merged, Error *error)
{
    DraftMerge merge;
    size_t first, count;
    *merged = false;
    Status status = merge_open(&merge, draft, error);
    if (status == OK)
        *merged = merge_policy_choose(
            merge.sizes, draft->manifest.segment_count, &first, &count);
    if (*merged) status = merge_range(&merge, first, count, error);
    merge_release(&merge);
    return status;
}

Status draft_merge(Draft *draft, Error *error)
{
    bool merged = true;
    Status status = OK;
    while (status == OK && merged) status = merge_step(draft, &merged, error);
    return status;
}

/* Until there are at most `segments`; one is made even of one, so that it is
 * as a build makes it. */
static Status reduce(Draft *draft, uint32_t segments, Error *error)
{
    DraftMerge merge;
    size_t first, count;
    Status status = merge_open(&merge, draft, error);
    if (status == OK && segments == 1 && draft->manifest.segment_count) {
        status = merge_range(&merge, 0, draft->manifest.segment_count, error);
    } else if (status == OK &&
               merge_policy_reduce(merge.sizes, draft->manifest.segment_count,
                                   segments, &first, &count)) {
        status = merge_range(&merge, first, count, error);
    }
    merge_release(&merge);
    return status;
}

/* Whether the draft has other files than the index. */
static bool is_changed(const Draft *draft)
{
    const Manifest *old = &draft->writer->folder.old;
    const Manifest *new = &draft->manifest;
    if (old->segment_count != new->segment_count) return true;
    for (size_t i = 0; i < old->segment_count; i++) {
        if (strcmp(old->segments[i].name, new->segments[i].name) != 0)
            return true;
    }
    return false;
}

static Status merge_all(Draft *draft, uint32_t segments, Error *error)
{
    Status status = segments ? reduce(draft, segments, error)
                             : draft_merge(draft, error);
    if (status != OK || !is_changed(draft)) return status;
    return draft_publish(draft, error);
}

Status writer_merge(IndexWriter *writer, uint32_t segments,
                    WriterReport *report, Error *error)
{
    Draft draft;
    Status status = writer_refresh(writer, error);
    if (status == OK) status = draft_begin(writer, report, &draft, error);
    if (status != OK) return status;
    status = merge_all(&draft, segments, error);
    writer->is_stale = report->published;
    draft_release(&draft);
    if (status != OK) index_folder_note_kept(&writer->folder, error);
    return status;
}
