/* documents_writer.h - the sections norms, title_ends, ids, id_order, stored
 * and stored_index of a segment.
 */
#ifndef QUERN_DOCUMENTS_DOCUMENTS_WRITER_H
#define QUERN_DOCUMENTS_DOCUMENTS_WRITER_H

#include "common/base/byte_reader.h"
#include "common/segment/segment_writer.h"

/* The documents that become one segment, and their sums. */
typedef struct SegmentPlan {
    uint32_t first_docid, document_count, nonempty_count;
    uint64_t token_count;
    uint32_t longest_title; /* in positions */
    size_t first_frame;     /* of stored text, counted over all segments */
} SegmentPlan;

/* Reads the lengths (varint length, varint positions of the title) of the
 * plan's documents: fills in their norm codes and the plan's sums. */
void gather_norms(ByteReader *lengths, SegmentPlan *plan, uint8_t *codes);

void write_norms(SegmentWriter *out, const uint8_t *codes, uint32_t count,
                 SegmentFacts *facts);

/* Where the ends of titles come from: `next` gives that of the next document.
 * Borrowed. */
typedef struct TitleSource {
    void *self;
    uint32_t (*next)(void *self);
} TitleSource;

/* The ends of the next `count` titles, the greatest of which is `longest`; no
 * section if that is 0. */
void write_title_ends(SegmentWriter *out, const TitleSource *titles,
                      uint32_t count, uint32_t longest);

/* Where ids come from: `next` replaces *id by the next one. Borrowed. */
typedef struct IdSource {
    void *self;
    Status (*next)(void *self, Buf *id, Error *error);
} IdSource;

/* ids and id_order of the next `count` documents. Takes 16 bytes of memory a
 * document, and as many again while it sorts. */
NODISCARD Status write_ids(SegmentWriter *out, const IdSource *ids,
                           uint32_t count, const char *folder,
                           size_t memory_limit, Error *error);

/* All frames of the index, and how they were made. */
typedef struct StoredText {
    Spool frames;
    Buf sizes; /* u32 of each frame */
    Buf dictionary;
    const char *const *names; /* borrowed: of fields */
    size_t name_count;
} StoredText;

/* *offset is where the segment's first frame is, and is moved after its last.
 */
NODISCARD Status write_stored(SegmentWriter *out, const StoredText *text,
                              const SegmentPlan *plan, uint64_t *offset,
                              Error *error);

#endif
