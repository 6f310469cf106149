/* segment_merge.c - neighbouring segments become one. */
#include "indexer/merge/segment_merge.h"

#include "indexer/build/segment_output.h"
#include "indexer/merge/merge_documents.h"
#include "indexer/merge/merge_lists.h"

#include <stdlib.h>

enum {
    LISTS_SHARE = 2, /* of the memory; what follows has it afterwards */
    MAPPED_SHARE = 4,
    PAIRS_SHARE = 2,
    DOCUMENTS_SHARE = 4
};

typedef struct SegmentMerge {
    const MergeOptions *options;
    size_t source_count;
    ListSource *lists;       /* owned; one for each source, as those below */
    DocidMap *docid_maps;    /* owned */
    DocumentSource *sources; /* owned */
    uint8_t *codes;          /* owned: norm codes of all live documents */
    DocumentMerge documents;
    SegmentFacts facts;
} SegmentMerge;

static void segment_merge_release(SegmentMerge *merge)
{
    for (size_t i = 0; merge->docid_maps && i < merge->source_count; i++)
        docid_map_release(&merge->docid_maps[i]);
    free(merge->docid_maps);
    free(merge->lists);
    free(merge->sources);
    free(merge->codes);
}

/* --- What is merged --- */

/* Adds the live documents of a source to the sums. */
static Status add_counts(SegmentFacts *facts, const MergeSource *source,
                         Error *error)
{
    const Segment *segment = source->segment;
    const Removals *removals = source->removals;
    uint64_t documents = facts->document_count;
    documents += removals_live_count(removals, segment);
    if (documents > MAX_DOCUMENTS)
        return fail(error, ERR_LIMIT, "a segment with more than %u documents",
                    MAX_DOCUMENTS);
    facts->document_count = (uint32_t)documents;
    facts->nonempty_count += segment->nonempty_count;
    facts->token_count += segment->token_count;
    if (!removals) return OK;
    if (removals->removed_nonempty > segment->nonempty_count ||
        removals->removed_tokens > segment->token_count)
        return fail(error, ERR_CORRUPT,
                    "%s: more is removed than the segment has", removals->path);
    facts->nonempty_count -= removals->removed_nonempty;
    facts->token_count -= removals->removed_tokens;
    return OK;
}

static Status allocate(SegmentMerge *merge, Error *error)
{
    size_t count = merge->source_count;
    merge->lists = calloc(count, sizeof *merge->lists);
    merge->docid_maps = calloc(count, sizeof *merge->docid_maps);
    merge->sources = calloc(count, sizeof *merge->sources);
    return merge->lists && merge->docid_maps && merge->sources
               ? OK
               : fail_memory(error, "merging segments");
}

/* Which documents of a source get which docids. */
static Status add_source(SegmentMerge *merge, size_t i,
                         const MergeSource *source, Error *error)
{
    Segment *segment = source->segment;
    uint32_t first_docid = merge->facts.document_count;
    Status status = add_counts(&merge->facts, source, error);
    if (status != OK) return status;
    const uint64_t *live = removals_live(source->removals);
    if (live)
        status = docid_map_init_live(&merge->docid_maps[i], live,
                                     segment->document_count, error);
    merge->sources[i] = (DocumentSource){segment, live, source->contents};
    merge->lists[i] = (ListSource){segment, live ? &merge->docid_maps[i] : NULL,
                                   first_docid};
    return status;
}

static Status add_sources(SegmentMerge *merge, const MergeSource *sources,
                          Error *error)
{
    Status status = allocate(merge, error);
    for (size_t i = 0; i < merge->source_count && status == OK; i++)
        status = add_source(merge, i, &sources[i], error);
    if (status != OK) return status;
    merge->documents = (DocumentMerge){
        .sources = merge->sources,
        .source_count = merge->source_count,
        .document_count = merge->facts.document_count,
        .folder = merge->options->folder->path,
        .memory = (size_t)(merge->options->memory / DOCUMENTS_SHARE)};
    merge->codes = malloc((size_t)merge->facts.document_count + 1);
    if (!merge->codes) return fail_memory(error, "merging segments");
    return documents_merge_norms(&merge->documents, merge->codes, error);
}

/* --- Writing --- */

static Status write_documents(void *self, SegmentWriter *out,
                              SegmentFacts *facts, Error *error)
{
    const SegmentMerge *merge = self;
    return documents_merge_write(&merge->documents, merge->codes, out, facts,
                                 error);
}

/* Lists of pairs are read where positions have the form of today. */
static size_t count_readable(const SegmentMerge *merge)
{
    for (size_t i = 0; i < merge->source_count; i++) {
        if (merge->lists[i].segment->version != SEGMENT_VERSION) return 0;
    }
    return merge->source_count;
}

static Status write_segment(SegmentMerge *merge, SegmentBuilder *builder,
                            Arena *arena, ManifestSegment *entry, Error *error)
{
    const MergeOptions *options = merge->options;
    SegmentOutput output = {
        .folder = options->folder,
        .pairs = {.min_df = options->pairs_min_df,
                  .folder = options->folder->path,
                  .memory = (size_t)(options->memory / PAIRS_SHARE),
                  .sources = merge->lists,
                  .source_count = count_readable(merge)},
        .facts = merge->facts,
        .write_documents = write_documents,
        .self = merge};
    Status status = segment_output_write(&output, builder, error);
    if (status != OK) return status;
    entry->name = (const char *)arena_copy(arena, span_text(output.name)).data;
    entry->documents = merge->facts.document_count;
    entry->bytes = output.bytes;
    return entry->name ? OK : fail_memory(error, "merging segments");
}

/* The file next to the segment. */
static Status write_contents(const SegmentMerge *merge, Arena *arena,
                             ManifestSegment *entry, Error *error)
{
    const IndexFolder *folder = merge->options->folder;
    ContentsWriter writer;
    if (!documents_have_contents(&merge->documents)) return OK;
    contents_writer_init(&writer, folder->path, merge->documents.memory);
    documents_merge_contents(&merge->documents, &writer);
    Status status = contents_writer_finish(&writer, &folder->place,
                                           folder->access, arena, entry, error);
    contents_writer_release(&writer);
    return status;
}

/* Some document is live. */
static Status merge_live(SegmentMerge *merge, Arena *arena,
                         ManifestSegment *entry, Error *error)
{
    const MergeOptions *options = merge->options;
    DocumentNorms norms = {.codes = merge->codes,
                           .count = merge->facts.document_count};
    SegmentBuilder builder;
    bm25_init_average(&norms.bm25, options->k1, options->b,
                      options->average_length);
    segment_builder_init(
        &builder, options->folder->path, 0, &norms, &options->limits,
        segment_has(merge->lists[0].segment, SECTION_POSITIONS),
        (size_t)(options->memory / LISTS_SHARE));
    Status status = lists_merge(merge->lists, merge->source_count,
                                (size_t)(options->memory / MAPPED_SHARE),
                                &builder, options->listener, error);
    if (status == OK)
        status = write_segment(merge, &builder, arena, entry, error);
    if (status == OK) status = write_contents(merge, arena, entry, error);
    segment_builder_release(&builder);
    return status;
}

Status segments_merge(const MergeOptions *options, const MergeSource *sources,
                      size_t count, Arena *arena, ManifestSegment *entry,
                      Error *error)
{
    SegmentMerge merge = {.options = options, .source_count = count};
    *entry = (ManifestSegment){0};
    Status status = add_sources(&merge, sources, error);
    if (status == OK && merge.facts.document_count)
        status = merge_live(&merge, arena, entry, error);
    segment_merge_release(&merge);
    return status;
}

uint64_t segments_merge_space(const MergeSource *sources, size_t count)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += sources[i].segment->file.bytes.size;
    /* Sections lie in temporary files before they are in the new one. */
    return 2 * bytes;
}
