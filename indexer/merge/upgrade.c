/* upgrade.c - an index of an older version of the format becomes one of this
 * version.
 *
 * Each segment is merged with nothing else: lists are read through the readers
 * and written as a build writes them.
 */
#include "indexer/merge/upgrade.h"

#include "common/base/clock.h"
#include "common/segment/index.h"
#include "indexer/build/machine.h"
#include "indexer/merge/segment_merge.h"

typedef struct Upgrade {
    const UpgradeOptions *options;
    IndexFolder *folder;
    uint64_t memory;
} Upgrade;

static bool is_old(const Segment *segment)
{
    return segment->version != SEGMENT_VERSION;
}

/* Its documents get the average length that they had. */
static Status upgrade_segment(Upgrade *upgrade, Segment *segment,
                              ManifestSegment *entry, Error *error)
{
    const MergeSource source = {.segment = segment};
    MergeOptions options = {.folder = upgrade->folder,
                            .memory = upgrade->memory,
                            .limits = segment->limits,
                            .k1 = segment->k1,
                            .b = segment->b,
                            .average_length = segment->average_length,
                            .listener = upgrade->options->listener};
    options.limits.champions = default_limits.champions;
    options.limits.pair_tokens = default_limits.pair_tokens;
    return segments_merge(&options, &source, 1, &upgrade->folder->old.arena,
                          entry, error);
}

/* Opens a segment of the old index; *out is NULL if it is of this version. */
static Status open_old(const IndexFolder *folder, const ManifestSegment *entry,
                       Segment **out, Error *error)
{
    Status status = segment_open_version(&folder->place, entry->name,
                                         SEGMENT_OLDEST_VERSION, out, error);
    if (status != OK || is_old(*out)) return status;
    segment_close(*out);
    *out = NULL;
    return OK;
}

/* Writes the segments; those of this version stay. */
static Status upgrade_segments(Upgrade *upgrade, ManifestSegment *segments,
                               UpgradeReport *report, Error *error)
{
    const Manifest *old = &upgrade->folder->old;
    Status status = OK;
    for (size_t i = 0; status == OK && i < old->segment_count; i++) {
        Segment *segment;
        segments[i] = old->segments[i];
        report->old_bytes += old->segments[i].bytes;
        status = open_old(upgrade->folder, &segments[i], &segment, error);
        if (status == OK && segment) {
            status = upgrade_segment(upgrade, segment, &segments[i], error);
            report->segments++;
        }
        segment_close(segment);
        report->bytes += segments[i].bytes;
    }
    return status;
}

/* The folder is claimed. */
static Status upgrade_in(Upgrade *upgrade, UpgradeReport *report, Error *error)
{
    Manifest manifest = upgrade->folder->old; /* which keeps all memory */
    const BuildListener *listener = upgrade->options->listener;
    manifest.segments = arena_zeroed(&upgrade->folder->old.arena,
                                     manifest.segment_count + 1,
                                     sizeof *manifest.segments);
    if (!manifest.segments) return fail_memory(error, "upgrading an index");
    Status status = upgrade_segments(upgrade, manifest.segments, report, error);
    build_report_released(listener);
    if (status != OK || report->segments == 0) return status;
    manifest.generation++;
    manifest.version = QUERN_VERSION;
    return index_folder_publish(upgrade->folder, &manifest, error);
}

/* The manifest can be read: there is an index to upgrade. */
static Status check_there(const IndexFolder *folder, Error *error)
{
    Manifest manifest;
    Status status = manifest_read_in(&folder->place, &manifest, error);
    manifest_release(&manifest);
    return status;
}

static Status upgrade_claimed(IndexFolder *folder,
                              const UpgradeOptions *options,
                              UpgradeReport *report, Error *error)
{
    Upgrade upgrade = {
        .options = options, .folder = folder, .memory = options->memory};
    const BuildListener *listener = options->listener;
    if (!upgrade.memory) upgrade.memory = machine_memory_share();
    Status status = check_there(folder, error);
    if (status != OK) return status;
    build_report_claimed(listener, folder);
    return upgrade_in(&upgrade, report, error);
}

Status index_upgrade(const UpgradeOptions *options, UpgradeReport *report,
                     Error *error)
{
    IndexFolder folder;
    bool found;
    double start = clock_seconds();
    *report = (UpgradeReport){0};
    Status status = index_find(options->folder, &found, error);
    if (status == OK && !found)
        status = fail(error, ERR_IO, "no index at '%s'", options->folder);
    if (status != OK) return status;
    status = index_folder_claim(
        options->folder, (ClaimOptions){.replace = true}, &folder, error);
    if (status != OK) return status;
    status = upgrade_claimed(&folder, options, report, error);
    build_report_released(options->listener);
    if (status != OK) {
        index_folder_abandon(&folder);
        index_folder_note_kept(&folder, error);
    }
    index_folder_release(&folder);
    report->seconds = clock_seconds() - start;
    return status;
}
