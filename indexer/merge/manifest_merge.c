/* manifest_merge.c - merges segments of a manifest that is to be published. */
#include "indexer/merge/manifest_merge.h"

#include "common/base/human.h"
#include "indexer/merge/merge_policy.h"

#include <stdlib.h>
#include <sys/statvfs.h>

/* Neighbouring segments of the manifest, opened. */
typedef struct Neighbours {
    const IndexFolder *folder;
    MergeSource *sources; /* owned */
    Removals **removals;  /* owned */
    Contents **contents;  /* owned */
    size_t first, count;
} Neighbours;

static void neighbours_close(Neighbours *neighbours)
{
    for (size_t i = 0; i < neighbours->count; i++) {
        if (neighbours->removals) removals_close(neighbours->removals[i]);
        if (neighbours->contents) contents_close(neighbours->contents[i]);
        if (neighbours->sources) segment_close(neighbours->sources[i].segment);
    }
    free(neighbours->sources);
    free(neighbours->removals);
    free(neighbours->contents);
}

static Status open_source(Neighbours *neighbours, size_t i,
                          const ManifestSegment *entry, Error *error)
{
    const FolderHandle *place = &neighbours->folder->place;
    MergeSource *source = &neighbours->sources[i];
    Status status = segment_open_in(place, entry->name, &source->segment,
                                    error);
    if (status == OK && entry->removed.name)
        status = removals_open_in(place, entry->removed.name, source->segment,
                                  &neighbours->removals[i], error);
    if (status == OK && entry->contents.name)
        status = contents_open_in(place, entry, &neighbours->contents[i],
                                  error);
    source->removals = neighbours->removals[i];
    source->contents = neighbours->contents[i];
    return status;
}

static Status neighbours_open(Neighbours *neighbours, const Manifest *manifest,
                              Error *error)
{
    neighbours->sources = calloc(neighbours->count,
                                 sizeof *neighbours->sources);
    neighbours->removals = calloc(neighbours->count, sizeof(Removals *));
    neighbours->contents = calloc(neighbours->count, sizeof(Contents *));
    if (!neighbours->sources || !neighbours->removals || !neighbours->contents)
        return fail_memory(error, "merging segments");
    Status status = OK;
    for (size_t i = 0; i < neighbours->count && status == OK; i++)
        status = open_source(neighbours, i,
                             &manifest->segments[neighbours->first + i], error);
    return status;
}

/* --- What is to be done --- */

/* Whether the only segment of an index is not that of a build: after others
 * were removed, it has an average length that is not that of its documents. */
static Status is_outdated(const MergeOptions *options, const Manifest *manifest,
                          bool *outdated, Error *error)
{
    Segment *segment;
    Status status = segment_open_in(
        &options->folder->place, manifest->segments[0].name, &segment, error);
    if (status != OK) return status;
    float average = bm25_average(manifest->token_count,
                                 manifest->nonempty_count);
    *outdated = segment->average_length != average ||
                segment->k1 != manifest->k1 || segment->b != manifest->b;
    segment_close(segment);
    return OK;
}

/* To get at most max_segments, and those without removed documents. */
static Status choose_reduction(const MergeOptions *options,
                               const Manifest *manifest,
                               const SegmentSize *sizes, size_t max_segments,
                               Neighbours *out, Error *error)
{
    size_t count = manifest->segment_count;
    if (merge_policy_reduce(sizes, count, max_segments, &out->first,
                            &out->count))
        return OK;
    for (size_t i = 0; i < count; i++) {
        if (!sizes[i].removed) continue;
        out->first = i;
        out->count = 1;
        return OK;
    }
    bool outdated = false;
    Status status = OK;
    if (count == 1 && max_segments == 1)
        status = is_outdated(options, manifest, &outdated, error);
    out->count = outdated;
    return status;
}

static Status choose(const MergeOptions *options, const Manifest *manifest,
                     size_t max_segments, Neighbours *out, Error *error)
{
    size_t count = manifest->segment_count;
    SegmentSize *sizes = calloc(count + 1, sizeof *sizes);
    if (!sizes) return fail_memory(error, "merging segments");
    for (size_t i = 0; i < count; i++) {
        const ManifestSegment *entry = &manifest->segments[i];
        sizes[i] = (SegmentSize){.bytes = entry->bytes,
                                 .documents = (uint32_t)entry->documents,
                                 .removed = (uint32_t)entry->removed_documents};
    }
    Status status = OK;
    if (max_segments == MERGE_BY_POLICY) {
        merge_policy_choose(sizes, count, &out->first, &out->count);
    } else {
        status = choose_reduction(options, manifest, sizes, max_segments, out,
                                  error);
    }
    free(sizes);
    return status;
}

/* --- Doing it --- */

static Status check_space(const Neighbours *neighbours, Error *error)
{
    struct statvfs facts;
    const IndexFolder *folder = neighbours->folder;
    uint64_t needed = segments_merge_space(neighbours->sources,
                                           neighbours->count);
    if (fstatvfs(folder->place.fd, &facts)) return OK;
    uint64_t available = (uint64_t)facts.f_bavail * facts.f_frsize;
    if (needed <= available) return OK;
    Buf text = {0};
    buf_printf(&text, "not enough space in %s to merge %zu segments: about ",
               folder->path, neighbours->count);
    put_bytes(&text, needed);
    buf_put_text(&text, " needed, ");
    put_bytes(&text, available);
    buf_put_text(&text, " free");
    const char *message = buf_text(&text);
    Status status = message ? fail(error, ERR_LIMIT, "%s", message)
                            : fail_memory(error, "merging segments");
    buf_release(&text);
    return status;
}

/* The new segment, if it has documents, in the place of the others. */
static void replace(Manifest *manifest, const Neighbours *neighbours,
                    const ManifestSegment *entry)
{
    ManifestSegment *segments = manifest->segments;
    size_t first = neighbours->first, kept = entry->documents > 0;
    size_t end = first + neighbours->count;
    if (kept) segments[first] = *entry;
    memmove(segments + first + kept, segments + end,
            (manifest->segment_count - end) * sizeof *segments);
    manifest->segment_count -= neighbours->count - kept;
}

static Status merge(const MergeOptions *options, Manifest *manifest,
                    Neighbours *neighbours, MergeStep *step, Error *error)
{
    MergeOptions complete = *options;
    ManifestSegment entry;
    complete.pairs_min_df = manifest->pairs_min_df;
    complete.k1 = manifest->k1;
    complete.b = manifest->b;
    complete.average_length = bm25_average(manifest->token_count,
                                           manifest->nonempty_count);
    Status status = neighbours_open(neighbours, manifest, error);
    if (status == OK) status = check_space(neighbours, error);
    if (status == OK)
        status = segments_merge(&complete, neighbours->sources,
                                neighbours->count, &manifest->arena, &entry,
                                error);
    if (status != OK) return status;
    replace(manifest, neighbours, &entry);
    step->merged = neighbours->count;
    step->bytes = entry.bytes + entry.contents.bytes;
    return OK;
}

Status manifest_merge_next(const MergeOptions *options, Manifest *manifest,
                           size_t max_segments, MergeStep *step, Error *error)
{
    Neighbours neighbours = {.folder = options->folder};
    *step = (MergeStep){0};
    Status status = choose(options, manifest, max_segments, &neighbours, error);
    if (status == OK && neighbours.count)
        status = merge(options, manifest, &neighbours, step, error);
    neighbours_close(&neighbours);
    return status;
}
