/* merge_documents.h - the documents of several segments become those of one:
 * norms, ends of titles, ids, stored text, skip log. */
#ifndef QUERN_MERGE_MERGE_DOCUMENTS_H
#define QUERN_MERGE_MERGE_DOCUMENTS_H

#include "common/segment/contents/contents.h"
#include "common/segment/contents/contents_writer.h"
#include "common/segment/segment_writer.h"
#include "indexer/build/docid_map.h"

/* A segment whose documents are merged, without those that are removed. */
typedef struct DocumentSource {
    Segment *segment;         /* borrowed, as the others */
    const uint64_t *live;     /* a bit for each document, NULL: all are live */
    const Contents *contents; /* or NULL */
} DocumentSource;

typedef struct DocumentMerge {
    const DocumentSource *sources; /* borrowed */
    size_t source_count;
    uint32_t document_count; /* live ones of all sources */
    const char *folder;      /* of temporary files */
    size_t memory;           /* about */
} DocumentMerge;

static inline bool source_is_live(const DocumentSource *source, uint32_t docid)
{
    return !source->live || (source->live[docid / 64] >> (docid % 64) & 1);
}

/* The norm codes of all documents; `codes` has room for document_count. */
NODISCARD Status documents_merge_norms(const DocumentMerge *merge,
                                       uint8_t *codes, Error *error);

/* Writes the sections norms ... skip_log. */
NODISCARD Status documents_merge_write(const DocumentMerge *merge,
                                       const uint8_t *codes, SegmentWriter *out,
                                       SegmentFacts *facts, Error *error);

/* Whether all sources have contents; puts those of all documents. */
bool documents_have_contents(const DocumentMerge *merge);
void documents_merge_contents(const DocumentMerge *merge, ContentsWriter *out);

/* merge_stored.c: writes the sections stored and stored_index. */
NODISCARD Status documents_merge_stored(const DocumentMerge *merge,
                                        SegmentWriter *out, Error *error);

#endif
