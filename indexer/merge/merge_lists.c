/* merge_lists.c - the lists of several segments become those of one.
 *
 * All dictionaries are walked at once. The postings of a term are read 128 at a
 * time, one segment after the other, and put together in batches of 128 again;
 * positions stay as they are encoded (posting_batch.h), since they do not
 * depend on docids.
 */
#include "indexer/merge/merge_lists.h"

#include "common/segment/positions/positions_scan.h"
#include "common/segment/positions/positions_v1.h"
#include "common/segment/postings/postings_scan.h"

#include <stdlib.h>

enum { CHECK_TERMS = 1024 };

/* A source with its current term. */
typedef struct TermSource {
    const ListSource *source;
    TermWalk walk;
    Span term;
    uint64_t prefix; /* of the term */
    TermRecord record;
    bool found;
} TermSource;

typedef struct ListMerge {
    TermSource *sources; /* owned */
    size_t count;
    SegmentBuilder *builder;
    PostingBatch read; /* from a list */
    PostingBatch full; /* what the builder gets next */
    Buf term;          /* the current one */
    uint64_t terms;
    size_t memory, touched; /* bytes of the mapped files: at most, now */
} ListMerge;

static void list_merge_release(ListMerge *merge)
{
    for (size_t i = 0; merge->sources && i < merge->count; i++)
        term_walk_release(&merge->sources[i].walk);
    free(merge->sources);
    posting_batch_release(&merge->read);
    posting_batch_release(&merge->full);
    buf_release(&merge->term);
}

/* --- Terms --- */

static Status step(TermSource *source, Error *error)
{
    Status status = term_walk_next(&source->walk, &source->term,
                                   &source->record, &source->found, error);
    if (source->found) source->prefix = term_prefix(source->term);
    return status;
}

static Status start_walks(ListMerge *merge, const ListSource *sources,
                          Error *error)
{
    merge->sources = calloc(merge->count + 1, sizeof *merge->sources);
    if (!merge->sources) return fail_memory(error, "merging segments");
    Status status = OK;
    for (size_t i = 0; status == OK && i < merge->count; i++) {
        TermSource *source = &merge->sources[i];
        source->source = &sources[i];
        status = term_walk_start(&source->walk, sources[i].segment, (Span){0},
                                 error);
        if (status == OK) status = step(source, error);
    }
    return status;
}

static bool term_before(const TermSource *a, const TermSource *b)
{
    if (a->prefix != b->prefix) return a->prefix < b->prefix;
    return span_compare(a->term, b->term) < 0;
}

/* The first source with the smallest current term, or NULL. */
static const TermSource *smallest(const ListMerge *merge)
{
    const TermSource *min = NULL;
    for (size_t i = 0; i < merge->count; i++) {
        const TermSource *source = &merge->sources[i];
        if (source->found && (!min || term_before(source, min))) min = source;
    }
    return min;
}

/* --- Postings --- */

static void flush(ListMerge *merge)
{
    PostingBatch *full = &merge->full;
    if (full->count) segment_builder_put(merge->builder, full);
    full->count = 0;
    full->position_count = 0;
}

static Status reserve_positions(PostingBatch *batch, size_t count, Error *error)
{
    while (batch->position_capacity < count) {
        if (!posting_batch_grow(batch))
            return fail_memory(error, "merging positions");
    }
    return OK;
}

/* Appends postings first ... first + count - 1 of what was read, with their
 * positions from `at` on, to the full batch, which has room for them. */
static Status append(ListMerge *merge, uint32_t first, uint32_t count,
                     size_t at, size_t positions, Error *error)
{
    const PostingBatch *read = &merge->read;
    PostingBatch *full = &merge->full;
    memcpy(full->docids + full->count, read->docids + first,
           count * sizeof *full->docids);
    memcpy(full->tfs + full->count, read->tfs + first,
           count * sizeof *full->tfs);
    full->count += count;
    if (merge->builder->has_positions) {
        Status status = reserve_positions(
            full, full->position_count + positions, error);
        if (status != OK) return status;
        if (positions)
            memcpy(full->positions + full->position_count, read->positions + at,
                   positions * sizeof *full->positions);
    }
    full->position_count += positions;
    return OK;
}

static size_t sum_tfs(const uint32_t *tfs, uint32_t count)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += tfs[i];
    return sum;
}

/* Puts what was read into batches of 128. */
static Status put_read(ListMerge *merge, Error *error)
{
    PostingBatch *read = &merge->read;
    uint32_t room = BLOCK_POSTINGS - merge->full.count;
    if (room == BLOCK_POSTINGS && read->count == BLOCK_POSTINGS) {
        segment_builder_put(merge->builder, read);
        return OK;
    }
    uint32_t here = read->count < room ? read->count : room;
    size_t positions = here == read->count ? read->position_count
                                           : sum_tfs(read->tfs, here);
    Status status = append(merge, 0, here, 0, positions, error);
    if (status == OK && here == room) {
        flush(merge);
        status = append(merge, here, read->count - here, positions,
                        read->position_count - positions, error);
    }
    return status;
}

/* The docids that the documents of what was read get. */
static void renumber(ListMerge *merge, const ListSource *source)
{
    PostingBatch *read = &merge->read;
    if (source->docid_map) docid_map_filter(source->docid_map, read, 0);
    if (!source->first_docid) return;
    for (uint32_t i = 0; i < read->count; i++)
        read->docids[i] += source->first_docid;
}

/* The positions of the postings that were read. */
static Status read_positions(ListMerge *merge, PositionsScan *scan,
                             uint32_t group, Error *error)
{
    PostingBatch *read = &merge->read;
    if (scan->segment->version == SEGMENT_VERSION)
        return positions_scan_next(scan, read, error);
    read->position_count = sum_tfs(read->tfs, read->count);
    return positions_v1_read(scan->segment, scan->list, group, read, error);
}

static Status put_list(ListMerge *merge, const ListSource *source,
                       const Postings *list, Error *error)
{
    PostingsScan scan;
    PositionsScan positions;
    PostingBatch *read = &merge->read;
    bool has_positions = list->has_positions;
    Status status = OK;
    if (has_positions)
        status = positions_scan_start(&positions, source->segment, list, error);
    postings_scan_start(&scan, source->segment, list);
    scan.norms = NULL; /* norm codes are taken from `norms` */
    for (uint32_t group = 0; status == OK && postings_scan_next(&scan);
         group++) {
        read->count = scan.count;
        memcpy(read->docids, scan.docids, scan.count * sizeof *scan.docids);
        memcpy(read->tfs, scan.tfs, scan.count * sizeof *scan.tfs);
        if (has_positions) {
            status = read_positions(merge, &positions, group, error);
            if (status != OK) break;
        } else {
            read->position_count = sum_tfs(read->tfs, read->count);
        }
        renumber(merge, source);
        status = put_read(merge, error);
    }
    return status;
}

/* --- All of it --- */

/* Pages that have been mapped count as memory; lists come in the order of the
 * file, so none is read again. */
static void note_touched(ListMerge *merge, const Postings *list)
{
    enum { POSTING_BYTES = 2, POSITION_BYTES = 2 };
    merge->touched += POSTING_BYTES * (size_t)list->df +
                      POSITION_BYTES * (size_t)list->total_tf;
    if (merge->touched <= merge->memory) return;
    for (size_t i = 0; i < merge->count; i++)
        file_map_unload(&merge->sources[i].source->segment->file);
    merge->touched = 0;
}

static Status put_source(ListMerge *merge, TermSource *source, Error *error)
{
    Postings list;
    Segment *segment = source->source->segment;
    Status status = postings_open(segment, &source->record, &list, error);
    if (status == OK) status = put_list(merge, source->source, &list, error);
    if (status != OK) return status;
    note_touched(merge, &list);
    return step(source, error);
}

/* The smallest of all current terms; *found false after the last. */
static Status put_term(ListMerge *merge, bool *found, Error *error)
{
    const TermSource *min = smallest(merge);
    *found = min != NULL;
    if (!min) return OK;
    buf_clear(&merge->term);
    buf_put_span(&merge->term, min->term);
    Span term = buf_span(&merge->term);
    uint64_t prefix = min->prefix;
    Status status = buf_check(&merge->term, "merging segments", error);
    for (size_t i = (size_t)(min - merge->sources);
         status == OK && i < merge->count; i++) {
        TermSource *source = &merge->sources[i];
        if (source->found && source->prefix == prefix &&
            span_equal(source->term, term))
            status = put_source(merge, source, error);
    }
    if (status != OK) return status; /* a batch may lack its positions */
    flush(merge);
    segment_builder_end_term(merge->builder, term);
    merge->terms++;
    return status;
}

/* Failures and cancellation, checked now and then. */
static Status check_progress(const ListMerge *merge,
                             const BuildListener *listener, Error *error)
{
    BuildProgress progress = {
        .phase = BUILD_WRITING, .items = merge->terms, .share = -1};
    build_report_progress(listener, &progress);
    Status status = build_check_cancelled(listener, error);
    return status == OK ? segment_builder_check(merge->builder, error) : status;
}

Status lists_merge(const ListSource *sources, size_t count, size_t memory,
                   SegmentBuilder *builder, const BuildListener *listener,
                   Error *error)
{
    ListMerge merge = {.count = count, .builder = builder, .memory = memory};
    Status status = start_walks(&merge, sources, error);
    for (bool found = true; status == OK && found;) {
        status = put_term(&merge, &found, error);
        if (status == OK && merge.terms % CHECK_TERMS == 0)
            status = check_progress(&merge, listener, error);
    }
    if (status == OK) status = check_progress(&merge, listener, error);
    list_merge_release(&merge);
    return status;
}
