/* segment_set.c - writes the segments of an index.
 *
 * Terms are merged once; the postings of each segment go to its builder. Then
 * the segments are written, one file after the other.
 */
#include "indexer/build/intake.h"

#include "common/base/bytes.h"
#include "common/segment/contents/contents_writer.h"
#include "indexer/build/docid_map.h"
#include "indexer/build/segment_output.h"

#include <stdlib.h>

enum { BUILDERS_SHARE = 4, PAIRS_SHARE = 2, CHECK_TERMS = 1024 };

typedef struct SegmentSet {
    Intake *intake; /* borrowed */
    const BuildOptions *options;
    uint8_t *codes; /* owned: norm codes of all documents */
    SegmentPlan *plans;
    SegmentBuilder *builders;
    size_t count;
    size_t builder_count; /* those that have been made */
    Bm25 bm25;
    uint64_t term_count;
    /* Read once more while segments are written. */
    ByteReader lengths, ids, contents, content_lengths;
    SpoolSource lengths_source, ids_source, contents_source;
    SpoolSource content_lengths_source;
    size_t current; /* the one that is being written */
    uint64_t stored_offset;
    bool has_dropped; /* documents: the last of equal ids was kept */
    DocidMap docid_map;
} SegmentSet;

static void segment_set_release(SegmentSet *set)
{
    for (size_t i = 0; i < set->builder_count; i++)
        segment_builder_release(&set->builders[i]);
    byte_reader_release(&set->lengths);
    byte_reader_release(&set->ids);
    byte_reader_release(&set->contents);
    byte_reader_release(&set->content_lengths);
    docid_map_release(&set->docid_map);
    free(set->codes);
    free(set->plans);
    free(set->builders);
}

static void open_spool(ByteReader *bytes, SpoolSource *source,
                       const Spool *spool)
{
    *source = (SpoolSource){spool, 0, spool_size(spool)};
    byte_reader_init(bytes, spool_source_fill, source);
}

static bool frames_are_whole(const SegmentSet *set)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->plans[i].first_docid % STORED_BLOCK_DOCUMENTS) return false;
    }
    return true;
}

/* Divides the documents evenly: into whole frames of stored text if each
 * segment gets at least one. */
static void divide_documents(SegmentSet *set, uint32_t documents)
{
    uint64_t unit = STORED_BLOCK_DOCUMENTS;
    uint64_t units = (documents - 1) / unit + 1;
    if (units < set->count) {
        units = documents;
        unit = 1;
    }
    uint64_t first = 0;
    size_t frame = 0;
    for (size_t i = 0; i < set->count; i++) {
        uint64_t end = (i + 1) * units / set->count * unit;
        if (end > documents) end = documents;
        set->plans[i].first_docid = (uint32_t)first;
        set->plans[i].document_count = (uint32_t)(end - first);
        set->plans[i].first_frame = frame;
        frame += (end - first - 1) / STORED_BLOCK_DOCUMENTS + 1;
        first = end;
    }
}

/* Divides the documents, and reads their lengths. */
static Status make_plans(SegmentSet *set, Error *error)
{
    uint32_t documents = set->intake->ids.count;
    set->count = set->options->segments;
    if (set->count > documents) set->count = documents;
    set->codes = malloc(documents);
    set->plans = calloc(set->count, sizeof *set->plans);
    set->builders = calloc(set->count, sizeof *set->builders);
    if (!set->codes || !set->plans || !set->builders)
        return fail_memory(error, "writing segments");
    divide_documents(set, documents);
    ByteReader lengths;
    SpoolSource source;
    open_spool(&lengths, &source, &set->intake->lengths);
    for (size_t i = 0; i < set->count; i++)
        gather_norms(&lengths, &set->plans[i],
                     set->codes + set->plans[i].first_docid);
    Status status = byte_reader_check(&lengths, error);
    byte_reader_release(&lengths);
    return status;
}

/* Removes the lengths of dropped documents. */
static Status compact_lengths(SegmentSet *set, Error *error)
{
    Spool *lengths = &set->intake->lengths;
    Spool kept;
    ByteReader bytes;
    SpoolSource source;
    open_spool(&bytes, &source, lengths);
    spool_init(&kept, lengths->folder, lengths->limit);
    for (uint32_t docid = 0; docid < set->docid_map.read_count; docid++) {
        uint8_t record[2 * VARINT_MAX_BYTES];
        uint8_t *end = varint_put(record, byte_reader_number(&bytes));
        end = varint_put(end, byte_reader_number(&bytes));
        if (docid_map_keeps(&set->docid_map, docid))
            spool_put(&kept, record, (size_t)(end - record));
    }
    Status status = byte_reader_check(&bytes, error);
    if (status == OK) status = spool_check(&kept, error);
    byte_reader_release(&bytes);
    spool_release(status == OK ? lengths : &kept);
    if (status == OK) *lengths = kept;
    return status;
}

/* Removes the content hashes of dropped documents. */
static Status compact_contents(SegmentSet *set, Error *error)
{
    Spool *contents = &set->intake->contents;
    Spool kept;
    ByteReader bytes;
    SpoolSource source;
    Buf hash = {0};
    if (!spool_size(contents)) return OK;
    open_spool(&bytes, &source, contents);
    spool_init(&kept, contents->folder, contents->limit);
    for (uint32_t docid = 0; docid < set->docid_map.read_count; docid++) {
        buf_clear(&hash);
        byte_reader_bytes(&bytes, CONTENT_HASH_BYTES, &hash);
        if (docid_map_keeps(&set->docid_map, docid))
            spool_put_span(&kept, buf_span(&hash));
    }
    Status status = byte_reader_check(&bytes, error);
    if (status == OK) status = buf_check(&hash, "dropping documents", error);
    if (status == OK) status = spool_check(&kept, error);
    byte_reader_release(&bytes);
    buf_release(&hash);
    spool_release(status == OK ? contents : &kept);
    if (status == OK) *contents = kept;
    return status;
}

/* Removes dropped documents from everything except the runs. */
static Status drop_documents(SegmentSet *set, Error *error)
{
    if (!set->intake->ids.dropped_count) return OK;
    set->has_dropped = true;
    Status status = docid_map_init(&set->docid_map, &set->intake->ids, error);
    if (status == OK) status = id_table_compact(&set->intake->ids, error);
    if (status == OK) status = compact_lengths(set, error);
    return status == OK ? compact_contents(set, error) : status;
}

static const DocidMap *docid_map_of(const SegmentSet *set)
{
    return set->has_dropped ? &set->docid_map : NULL;
}

static Status repack_stored(SegmentSet *set, Error *error)
{
    if (!set->options->has_stored) return OK;
    if (!set->has_dropped && frames_are_whole(set)) return OK;
    return stored_repack(&set->intake->stored, docid_map_of(set), set->plans,
                         set->count, error);
}

/* The average length is that of the documents in the manifest and the new
 * ones. */
static void make_builders(SegmentSet *set, const Manifest *manifest)
{
    uint64_t tokens = manifest->token_count;
    uint64_t nonempty = manifest->nonempty_count;
    for (size_t i = 0; i < set->count; i++) {
        tokens += set->plans[i].token_count;
        nonempty += set->plans[i].nonempty_count;
    }
    const BuildOptions *options = set->options;
    bm25_init(&set->bm25, options->k1, options->b, tokens, nonempty);
    size_t memory = (size_t)(options->memory / BUILDERS_SHARE / set->count);
    for (; set->builder_count < set->count; set->builder_count++) {
        const SegmentPlan *plan = &set->plans[set->builder_count];
        DocumentNorms norms = {set->codes + plan->first_docid,
                               plan->document_count, set->bm25};
        segment_builder_init(&set->builders[set->builder_count],
                             options->output, plan->first_docid, &norms,
                             &options->limits, options->has_positions, memory);
    }
}

/* *found stays false if all of its documents were dropped. */
static Status build_term(SegmentSet *set, Merger *merger, Span term,
                         PostingBatch *batch, bool *found, Error *error)
{
    *found = false;
    for (size_t i = 0; i < set->count; i++) {
        const SegmentPlan *plan = &set->plans[i];
        uint64_t limit = (uint64_t)plan->first_docid + plan->document_count;
        if (set->has_dropped)
            limit = docid_map_old(&set->docid_map, (uint32_t)limit);
        for (;;) {
            Status status = merger_next_postings(merger, limit, batch, error);
            if (status != OK) return status;
            if (batch->count == 0) break;
            segment_builder_put(&set->builders[i], batch);
            *found = true;
        }
        segment_builder_end_term(&set->builders[i], term);
    }
    return OK;
}

/* Failures and cancellation, checked now and then. */
static Status check_building(const SegmentSet *set, Error *error)
{
    Status status = build_check_cancelled(set->options->listener, error);
    for (size_t i = 0; i < set->count && status == OK; i++)
        status = segment_builder_check(&set->builders[i], error);
    return status;
}

static Status build_terms(SegmentSet *set, Merger *merger, Error *error)
{
    PostingBatch batch = {0};
    BuildProgress progress = {.phase = BUILD_WRITING, .share = -1};
    const BuildListener *listener = set->options->listener;
    Status status = OK;
    bool found = true;
    uint64_t terms = 0;
    while (status == OK && found) {
        Span term;
        status = merger_next_term(merger, &term, &found, error);
        if (status != OK || !found) break;
        bool kept;
        status = build_term(set, merger, term, &batch, &kept, error);
        set->term_count += kept;
        if (++terms % CHECK_TERMS == 0 && status == OK) {
            status = check_building(set, error);
            progress.items = set->term_count;
            build_report_progress(listener, &progress);
        }
    }
    progress.items = set->term_count;
    progress.ended = true;
    build_report_progress(listener, &progress);
    posting_batch_release(&batch);
    return status == OK ? check_building(set, error) : status;
}

static Status merge_runs(SegmentSet *set, Error *error)
{
    Runs runs = {0};
    Merger *merger = NULL;
    bool has_positions = set->options->has_positions;
    Status status = pipeline_add_runs(set->intake->pipeline, &runs, error);
    if (status == OK) {
        status = runs_reduce(&runs, RUNS_AT_ONCE, set->options->output,
                             has_positions, error);
    }
    if (status == OK) status = runs_merge(&runs, has_positions, &merger, error);
    if (status == OK) {
        merger_drop(merger, docid_map_of(set));
        status = build_terms(set, merger, error);
    }
    merger_free(merger);
    runs_release(&runs);
    /* The postings of the inverters are in the builders now. */
    pipeline_free(set->intake->pipeline);
    set->intake->pipeline = NULL;
    return status;
}

static uint32_t next_title(void *lengths)
{
    (void)byte_reader_number(lengths); /* of the document */
    return (uint32_t)byte_reader_number(lengths);
}

static Status next_id(void *ids, Buf *id, Error *error)
{
    id_table_read(ids, id);
    return byte_reader_check(ids, error);
}

/* norms ... skip_log, which is in the first segment */
static Status write_documents(void *self, SegmentWriter *out,
                              SegmentFacts *facts, Error *error)
{
    SegmentSet *set = self;
    const SegmentPlan *plan = &set->plans[set->current];
    Intake *intake = set->intake;
    uint32_t count = plan->document_count;
    Status status = OK;
    write_norms(out, set->codes + plan->first_docid, count, facts);
    if (set->options->has_positions) {
        const TitleSource titles = {&set->lengths, next_title};
        write_title_ends(out, &titles, count, plan->longest_title);
        status = byte_reader_check(&set->lengths, error);
    }
    if (status == OK) {
        const IdSource ids = {&set->ids, next_id};
        status = write_ids(out, &ids, count, set->options->output,
                           (size_t)(set->options->memory / BUILDERS_SHARE),
                           error);
    }
    if (status == OK && set->options->has_stored) {
        status = write_stored(out, &intake->stored, plan, &set->stored_offset,
                              error);
    }
    if (status == OK && plan == set->plans)
        skip_log_writer_write(&intake->skips.skip_log, out);
    return status;
}

static Status note_segment(Manifest *manifest, const char *name,
                           const SegmentPlan *plan, uint64_t bytes,
                           Error *error)
{
    Span kept = arena_copy(&manifest->arena, span_text(name));
    if (!kept.data) return fail_memory(error, "writing the manifest");
    ManifestSegment *segment = &manifest->segments[manifest->segment_count++];
    *segment = (ManifestSegment){.name = (const char *)kept.data,
                                 .documents = plan->document_count,
                                 .bytes = bytes};
    manifest->document_count += plan->document_count;
    manifest->nonempty_count += plan->nonempty_count;
    manifest->token_count += plan->token_count;
    return OK;
}

/* The file next to the segment that was noted last. */
static Status write_contents(SegmentSet *set, const SegmentPlan *plan,
                             Manifest *manifest, Error *error)
{
    const IndexFolder *folder = set->intake->folder;
    ContentsWriter writer;
    Buf hash = {0};
    contents_writer_init(&writer, set->options->output,
                         (size_t)(set->options->memory / BUILDERS_SHARE));
    for (uint32_t i = 0; i < plan->document_count; i++) {
        buf_clear(&hash);
        byte_reader_bytes(&set->contents, CONTENT_HASH_BYTES, &hash);
        uint64_t length = byte_reader_number(&set->content_lengths);
        (void)byte_reader_number(&set->content_lengths); /* of the title */
        if (hash.size != CONTENT_HASH_BYTES) break;
        contents_writer_put(&writer,
                            (Hash128){.high = get_u64le(hash.data + 8),
                                      .low = get_u64le(hash.data)},
                            (uint32_t)length);
    }
    Status status = byte_reader_check(&set->contents, error);
    if (status == OK) status = byte_reader_check(&set->content_lengths, error);
    if (status == OK) status = buf_check(&hash, "writing segments", error);
    ManifestSegment *segment = &manifest->segments[manifest->segment_count - 1];
    if (status == OK)
        status = contents_writer_finish(&writer, &folder->place, folder->access,
                                        &manifest->arena, segment, error);
    contents_writer_release(&writer);
    buf_release(&hash);
    return status;
}

static uint64_t bytes_of_last(const Manifest *manifest)
{
    const ManifestSegment *last =
        &manifest->segments[manifest->segment_count - 1];
    return last->bytes + last->contents.bytes;
}

/* Pairs get the memory that the inverters and the writers had. */
static Status write_segment(SegmentSet *set, Manifest *manifest,
                            BuildReport *report, Error *error)
{
    const BuildOptions *options = set->options;
    const SegmentPlan *plan = &set->plans[set->current];
    SegmentBuilder *builder = &set->builders[set->current];
    SegmentOutput output = {.folder = set->intake->folder,
                            .pairs = {.min_df = options->pairs_min_df,
                                      .folder = options->output,
                                      .memory = options->memory / PAIRS_SHARE},
                            .facts = {.document_count = plan->document_count,
                                      .nonempty_count = plan->nonempty_count,
                                      .token_count = plan->token_count},
                            .write_documents = write_documents,
                            .self = set};
    Status status = segment_output_write(&output, builder, error);
    if (status == OK)
        status = note_segment(manifest, output.name, plan, output.bytes, error);
    if (status == OK && !options->has_stored)
        status = write_contents(set, plan, manifest, error);
    for (int kind = 0; kind < SECTION_KINDS; kind++)
        report->section_bytes[kind] += output.section_bytes[kind];
    if (status == OK) report->index_bytes += bytes_of_last(manifest);
    report->postings += output.facts.posting_count;
    return status;
}

static void open_spools(SegmentSet *set)
{
    Intake *intake = set->intake;
    open_spool(&set->lengths, &set->lengths_source, &intake->lengths);
    open_spool(&set->ids, &set->ids_source, &intake->ids.ids);
    open_spool(&set->contents, &set->contents_source, &intake->contents);
    open_spool(&set->content_lengths, &set->content_lengths_source,
               &intake->lengths);
}

/* Room for the new segments after those of the manifest. */
static Status make_entries(const SegmentSet *set, Manifest *manifest,
                           Error *error)
{
    size_t old = manifest->segment_count;
    ManifestSegment *segments = arena_zeroed(&manifest->arena, old + set->count,
                                             sizeof *segments);
    if (!segments) return fail_memory(error, "writing segments");
    if (old) memcpy(segments, manifest->segments, old * sizeof *segments);
    manifest->segments = segments;
    return OK;
}

Status write_segments(Intake *intake, Manifest *manifest, BuildReport *report,
                      Error *error)
{
    SegmentSet set = {.intake = intake, .options = intake->options};
    Status status = drop_documents(&set, error);
    if (status == OK) status = make_plans(&set, error);
    if (status == OK) status = repack_stored(&set, error);
    if (status == OK) {
        make_builders(&set, manifest);
        status = merge_runs(&set, error);
    }
    if (status == OK) {
        open_spools(&set);
        status = make_entries(&set, manifest, error);
    }
    for (; set.current < set.count && status == OK; set.current++)
        status = write_segment(&set, manifest, report, error);
    report->terms = set.term_count;
    segment_set_release(&set);
    return status;
}
