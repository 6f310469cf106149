/* upgrade.c - an index of an older version of the format becomes one of this
 * version.
 *
 * Lists are read through the readers and written as a build writes them. What
 * both versions have in the same form (norms, ids, text) is copied.
 */
#include "indexer/merge/upgrade.h"

#include "common/base/clock.h"
#include "common/segment/index.h"
#include "common/segment/positions/positions_v1.h"
#include "common/segment/postings/postings_scan.h"
#include "indexer/build/machine.h"
#include "indexer/build/pair_builder.h"
#include "indexer/build/segment_builder.h"

#include <string.h>

enum { BUILDER_SHARE = 2, CHECK_TERMS = 1024 };

typedef struct Upgrade {
    const UpgradeOptions *options;
    IndexFolder *folder;
    uint64_t memory;
    uint64_t terms; /* written so far */
    PostingBatch batch;
} Upgrade;

static bool is_old(const Segment *segment)
{
    return segment->version != SEGMENT_VERSION;
}

/* The postings of a term, with their positions. */
static Status build_list(Upgrade *upgrade, Segment *segment,
                         const Postings *list, SegmentBuilder *builder,
                         Error *error)
{
    PostingsScan scan;
    PostingBatch *batch = &upgrade->batch;
    Status status = OK;
    postings_scan_start(&scan, segment, list);
    for (uint32_t group = 0; status == OK && postings_scan_next(&scan);
         group++) {
        batch->count = scan.count;
        batch->position_count = 0;
        memcpy(batch->docids, scan.docids, scan.count * sizeof *scan.docids);
        memcpy(batch->tfs, scan.tfs, scan.count * sizeof *scan.tfs);
        for (uint32_t i = 0; i < scan.count; i++)
            batch->position_count += scan.tfs[i];
        if (list->has_positions)
            status = positions_v1_read(segment, list, group, batch, error);
        if (status == OK) segment_builder_put(builder, batch);
    }
    return status;
}

/* Failures and cancellation, checked now and then. */
static Status check_progress(const Upgrade *upgrade,
                             const SegmentBuilder *builder, Error *error)
{
    const BuildListener *listener = upgrade->options->listener;
    BuildProgress progress = {
        .phase = BUILD_WRITING, .items = upgrade->terms, .share = -1};
    build_report_progress(listener, &progress);
    Status status = build_check_cancelled(listener, error);
    return status == OK ? segment_builder_check(builder, error) : status;
}

static Status build_lists(Upgrade *upgrade, Segment *segment,
                          SegmentBuilder *builder, Error *error)
{
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, segment, (Span){0}, error);
    for (bool found = true; status == OK && found;) {
        Span term;
        TermRecord record;
        Postings list;
        status = term_walk_next(&walk, &term, &record, &found, error);
        if (status != OK || !found) break;
        status = postings_open(segment, &record, &list, error);
        if (status == OK)
            status = build_list(upgrade, segment, &list, builder, error);
        if (status != OK) break;
        segment_builder_end_term(builder, term);
        if (++upgrade->terms % CHECK_TERMS == 0)
            status = check_progress(upgrade, builder, error);
    }
    term_walk_release(&walk);
    return status == OK ? check_progress(upgrade, builder, error) : status;
}

static Status copy_section(Segment *segment, SectionKind kind,
                           SegmentWriter *out, Error *error)
{
    if (!segment_has(segment, kind)) return OK;
    Span bytes = segment->sections[kind];
    Status status = segment_verify(segment, kind, 0, bytes.size, error);
    if (status != OK) return status;
    segment_writer_begin(out, kind);
    segment_writer_put(out, bytes.data, bytes.size);
    segment_writer_end(out);
    return OK;
}

/* norms ... skip_log, which did not change */
static Status copy_documents(Segment *segment, SegmentWriter *out, Error *error)
{
    Status status = OK;
    for (SectionKind kind = SECTION_NORMS;
         status == OK && kind <= SECTION_SKIP_LOG; kind++)
        status = copy_section(segment, kind, out, error);
    return status;
}

static SegmentFacts facts_of(const Segment *segment,
                             const SegmentBuilder *builder)
{
    SegmentFacts facts = {.document_count = segment->document_count,
                          .nonempty_count = segment->nonempty_count,
                          .token_count = segment->token_count,
                          .posting_count = builder->posting_count,
                          .term_count = builder->dictionary.term_count,
                          .limits = builder->limits,
                          .k1 = segment->k1,
                          .b = segment->b,
                          .average_length = segment->average_length};
    memcpy(facts.norm_codes, segment->norm_codes, sizeof facts.norm_codes);
    return facts;
}

/* Writes the file; `entry` gets its name and size. */
static Status write_segment(Upgrade *upgrade, Segment *segment,
                            SegmentBuilder *builder, ManifestSegment *entry,
                            Error *error)
{
    SegmentWriter out;
    char name[SEGMENT_NAME_BYTES];
    IndexFolder *folder = upgrade->folder;
    SegmentFacts facts = facts_of(segment, builder);
    segment_writer_open(&out, &folder->place, folder->access);
    Status status = segment_builder_write(builder, &out, error);
    if (status == OK) status = copy_documents(segment, &out, error);
    if (status == OK) {
        champions_writer_write(&builder->champions, &out);
        PairOptions pairs = {.folder = upgrade->options->folder,
                             .memory = (size_t)(upgrade->memory / 2)};
        status = pair_builder_write(&pairs, &builder->norms, &out, &facts,
                                    error);
    }
    if (status == OK) {
        status = segment_writer_finish(&out, &facts, name, &entry->bytes,
                                       error);
    }
    segment_writer_release(&out);
    if (status != OK) return status;
    Span kept = arena_copy(&folder->old.arena, span_text(name));
    if (!kept.data) return fail_memory(error, "upgrading an index");
    entry->name = (const char *)kept.data;
    return OK;
}

static Status upgrade_segment(Upgrade *upgrade, Segment *segment,
                              ManifestSegment *entry, Error *error)
{
    SegmentBuilder builder;
    ListLimits limits = segment->limits;
    limits.champions = default_limits.champions;
    Status status = segment_verify(segment, SECTION_NORMS, 0,
                                   segment->document_count, error);
    if (status != OK) return status;
    DocumentNorms norms = {.codes = segment->sections[SECTION_NORMS].data,
                           .count = segment->document_count};
    bm25_init_average(&norms.bm25, segment->k1, segment->b,
                      segment->average_length);
    segment_builder_init(&builder, upgrade->options->folder, 0, &norms, &limits,
                         segment_has(segment, SECTION_POSITIONS),
                         (size_t)(upgrade->memory / BUILDER_SHARE));
    status = build_lists(upgrade, segment, &builder, error);
    if (status == OK)
        status = write_segment(upgrade, segment, &builder, entry, error);
    segment_builder_release(&builder);
    return status;
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
    status = upgrade_in(&upgrade, report, error);
    posting_batch_release(&upgrade.batch);
    return status;
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
