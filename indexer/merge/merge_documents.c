/* merge_documents.c - the documents of several segments become those of one. */
#include "indexer/merge/merge_documents.h"

#include "common/segment/documents/documents.h"
#include "common/segment/skip_log/skip_log_writer.h"

Status documents_merge_norms(const DocumentMerge *merge, uint8_t *codes,
                             Error *error)
{
    for (size_t i = 0; i < merge->source_count; i++) {
        const DocumentSource *source = &merge->sources[i];
        Segment *segment = source->segment;
        uint32_t count = segment->document_count;
        Status status = segment_verify(segment, SECTION_NORMS, 0, count, error);
        if (status != OK) return status;
        const uint8_t *norms = segment->sections[SECTION_NORMS].data;
        if (!source->live) {
            memcpy(codes, norms, count);
            codes += count;
            continue;
        }
        for (uint32_t docid = 0; docid < count; docid++) {
            if (source_is_live(source, docid)) *codes++ = norms[docid];
        }
    }
    return OK;
}

/* --- Walking the live documents --- */

/* Where the next live document is. */
typedef struct LiveWalk {
    const DocumentMerge *merge;
    size_t source;
    uint32_t docid;
} LiveWalk;

/* Moves to the next live document, from the place itself on; there is one. */
static const DocumentSource *find_live(LiveWalk *walk)
{
    for (;;) {
        const DocumentSource *source = &walk->merge->sources[walk->source];
        uint32_t count = source->segment->document_count;
        while (walk->docid < count && !source_is_live(source, walk->docid))
            walk->docid++;
        if (walk->docid < count) return source;
        walk->source++;
        walk->docid = 0;
    }
}

/* --- Ends of titles --- */

typedef struct TitleWalk {
    LiveWalk live;
    const uint8_t *ends; /* of the source; NULL: no title */
    uint32_t width;
    size_t opened; /* the sources before this one are */
} TitleWalk;

/* Sections have been verified. */
static uint32_t next_title(void *self)
{
    TitleWalk *walk = self;
    const DocumentSource *source = find_live(&walk->live);
    if (walk->opened <= walk->live.source) {
        Error ignored;
        walk->opened = walk->live.source + 1;
        if (document_title_ends(source->segment, &walk->ends, &walk->width,
                                &ignored) != OK)
            walk->ends = NULL;
    }
    uint32_t docid = walk->live.docid++;
    return walk->ends ? title_end_of(walk->ends, walk->width, docid) : 0;
}

/* Verifies the sections. */
static Status find_longest(const DocumentMerge *merge, uint32_t *longest,
                           Error *error)
{
    TitleWalk walk = {.live = {.merge = merge}};
    *longest = 0;
    for (size_t i = 0; i < merge->source_count; i++) {
        Status status = document_title_ends(merge->sources[i].segment,
                                            &walk.ends, &walk.width, error);
        if (status != OK) return status;
    }
    for (uint32_t i = 0; i < merge->document_count; i++) {
        uint32_t end = next_title(&walk);
        if (end > *longest) *longest = end;
    }
    return OK;
}

static Status merge_title_ends(const DocumentMerge *merge, SegmentWriter *out,
                               Error *error)
{
    uint32_t longest;
    TitleWalk walk = {.live = {.merge = merge}};
    Status status = find_longest(merge, &longest, error);
    if (status != OK) return status;
    const TitleSource titles = {&walk, next_title};
    write_title_ends(out, &titles, merge->document_count, longest);
    return OK;
}

/* --- Ids --- */

typedef struct LiveIds {
    LiveWalk live;
    IdWalk walk; /* of the source */
} LiveIds;

static Status next_id(void *self, Buf *id, Error *error)
{
    LiveIds *ids = self;
    const DocumentSource *source = find_live(&ids->live);
    IdWalk *walk = &ids->walk;
    if (walk->segment != source->segment) {
        id_walk_release(walk);
        walk->segment = source->segment;
    }
    Status status = OK;
    while (status == OK && walk->next <= ids->live.docid)
        status = id_walk_next(walk, error);
    ids->live.docid++;
    buf_clear(id);
    buf_put_span(id, buf_span(&walk->id));
    return status;
}

static Status merge_ids(const DocumentMerge *merge, SegmentWriter *out,
                        Error *error)
{
    LiveIds ids = {.live = {.merge = merge}};
    const IdSource source = {&ids, next_id};
    Status status = write_ids(out, &source, merge->document_count,
                              merge->folder, merge->memory, error);
    id_walk_release(&ids.walk);
    return status;
}

/* --- Contents --- */

bool documents_have_contents(const DocumentMerge *merge)
{
    for (size_t i = 0; i < merge->source_count; i++) {
        if (!merge->sources[i].contents) return false;
    }
    return true;
}

void documents_merge_contents(const DocumentMerge *merge, ContentsWriter *out)
{
    LiveWalk live = {.merge = merge};
    for (uint32_t i = 0; i < merge->document_count; i++) {
        const Contents *contents = find_live(&live)->contents;
        uint32_t docid = live.docid++;
        contents_writer_put(out, contents_hash(contents, docid),
                            contents_length(contents, docid));
    }
}

/* --- Skip log --- */

/* Puts the entries of a segment and counts what has none. */
static Status take_skip_log(Segment *segment, SkipLogWriter *writer,
                            Error *error)
{
    SkipLogWalk walk;
    SkipLogCounts counts = {0};
    SkipLogEntry entry;
    Status status = skip_log_count(segment, &counts, error);
    if (status == OK) status = skip_log_walk_start(&walk, segment, error);
    if (status != OK) return status;
    for (bool found = true; status == OK && found;) {
        status = skip_log_walk_next(&walk, &entry, &found, error);
        if (status != OK || !found) break;
        skip_log_writer_put(writer, &entry);
        if (counts.of_kind[entry.kind]) counts.of_kind[entry.kind]--;
    }
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++)
        writer->counts.of_kind[kind] += counts.of_kind[kind];
    skip_log_walk_release(&walk);
    return status;
}

static Status merge_skip_logs(const DocumentMerge *merge, SegmentWriter *out,
                              Error *error)
{
    SkipLogWriter writer;
    Status status = OK;
    skip_log_writer_init(&writer, merge->folder, merge->memory,
                         SKIP_LOG_LIMIT_BYTES);
    for (size_t i = 0; i < merge->source_count && status == OK; i++)
        status = take_skip_log(merge->sources[i].segment, &writer, error);
    if (status == OK) status = skip_log_writer_check(&writer, error);
    if (status == OK) skip_log_writer_write(&writer, out);
    skip_log_writer_release(&writer);
    return status;
}

/* --- All of it --- */

Status documents_merge_write(const DocumentMerge *merge, const uint8_t *codes,
                             SegmentWriter *out, SegmentFacts *facts,
                             Error *error)
{
    const Segment *first = merge->sources[0].segment;
    Status status = OK;
    write_norms(out, codes, merge->document_count, facts);
    if (segment_has(first, SECTION_POSITIONS))
        status = merge_title_ends(merge, out, error);
    if (status == OK) status = merge_ids(merge, out, error);
    if (status == OK && segment_has(first, SECTION_STORED))
        status = documents_merge_stored(merge, out, error);
    return status == OK ? merge_skip_logs(merge, out, error) : status;
}
