/* docid_map.h - docids when some documents were dropped after they were read.
 *
 * They are known only at the end (the last of equal ids is kept), when their
 * words are in runs and their text is in frames under the docids that they were
 * read with. The docids after a dropped one decrease: the index is as if the
 * dropped documents had not been in the input.
 */
#ifndef QUERN_BUILD_DOCID_MAP_H
#define QUERN_BUILD_DOCID_MAP_H

#include "common/segment/documents/documents_writer.h"
#include "indexer/build/id_table.h"
#include "indexer/build/run.h"

typedef struct DocidMap {
    uint64_t *dropped; /* owned: a bit for each document read */
    uint32_t *before;  /* owned: number of dropped ones before each 64 */
    uint32_t read_count, count;
} DocidMap;

/* A segment that becomes part of another. Borrowed. */
typedef struct ListSource {
    Segment *segment;
    const DocidMap *docid_map; /* NULL: all of its documents are live */
    uint32_t first_docid;      /* of its first live document, afterwards */
} ListSource;

/* From the dropped documents of the table, before id_table_compact. */
NODISCARD Status docid_map_init(DocidMap *map, const IdTable *ids,
                                Error *error);

/* From a bit for each of `count` documents, 1: it is kept. */
NODISCARD Status docid_map_init_live(DocidMap *map, const uint64_t *live,
                                     uint32_t count, Error *error);
void docid_map_release(DocidMap *map); /* {0} is fine */

static inline bool docid_map_keeps(const DocidMap *map, uint32_t docid)
{
    return !(map->dropped[docid / 64] >> (docid % 64) & 1);
}

/* The new docid of a document that is kept. */
uint32_t docid_map_new(const DocidMap *map, uint32_t docid);

/* The docid that a document was read with, by its new one; for `count` the
 * number of all that were read. */
uint32_t docid_map_old(const DocidMap *map, uint32_t docid);

/* Removes dropped documents from the batch, from posting `from` on, and gives
 * the others their new docids. The batch may have no positions. */
void docid_map_filter(const DocidMap *map, PostingBatch *batch, uint32_t from);

/* stored_repack.c: stored text compressed again in other frames.  Frames are
 * compressed while documents are read, 16 by the docids that they have then. If
 * documents are dropped later, or if a segment begins inside a frame, all are
 * decompressed and compressed again, by one thread. */

/* Leaves out dropped documents (NULL: none) and begins a frame with each
 * plan. */
NODISCARD Status stored_repack(StoredText *text, const DocidMap *docid_map,
                               const SegmentPlan *plans, size_t plan_count,
                               Error *error);

#endif
