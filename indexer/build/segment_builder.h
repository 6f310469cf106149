/* segment_builder.h - one segment from merged postings: which list takes
 * which form, and what its record says.
 *
 * For each term with documents in the segment: batches of its postings, then
 * the end of the term. A builder: segment_builder_check asks for the first
 * failure.
 */
#ifndef QUERN_BUILD_SEGMENT_BUILDER_H
#define QUERN_BUILD_SEGMENT_BUILDER_H

#include "common/segment/dictionary/dictionary_writer.h"
#include "common/segment/positions/positions_writer.h"
#include "common/segment/postings/bounds_writer.h"
#include "common/segment/postings/champions_writer.h"
#include "common/segment/postings/postings_writer.h"
#include "common/segment/segment_writer.h"

typedef struct SegmentBuilder {
    uint32_t first_docid; /* of the index: docid 0 of the segment */
    DocumentNorms norms;  /* borrows the codes */
    ListLimits limits;
    bool has_positions;
    DictionaryWriter dictionary;
    PostingsWriter postings;
    BoundsWriter bounds;
    PositionsWriter positions;
    ChampionsWriter champions;
    uint64_t posting_count;
    /* The current term. */
    uint32_t *docids, *tfs; /* owned */
    float *products;        /* owned */
    uint32_t df, capacity;
    uint64_t total_tf;
    Status status;
} SegmentBuilder;

/* Borrows the codes in `norms`. Memory of about memory_limit. */
void segment_builder_init(SegmentBuilder *builder, const char *folder,
                          uint32_t first_docid, const DocumentNorms *norms,
                          const ListLimits *limits, bool has_positions,
                          size_t memory_limit);
void segment_builder_release(SegmentBuilder *builder);

/* The next postings of the term: 128, or fewer at its end. Their docids are
 * of the index. */
void segment_builder_put(SegmentBuilder *builder, const PostingBatch *batch);

/* Does nothing if no posting was put. */
void segment_builder_end_term(SegmentBuilder *builder, Span term);

NODISCARD Status segment_builder_check(const SegmentBuilder *builder,
                                       Error *error);

/* Writes the sections terms ... positions. Champions come after all others:
 * champions_writer_write. */
NODISCARD Status segment_builder_write(SegmentBuilder *builder,
                                       SegmentWriter *out, Error *error);

#endif
