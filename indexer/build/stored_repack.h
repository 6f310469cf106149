/* stored_repack.h - stored text compressed again in other frames.
 *
 * Frames are compressed while documents are read, 16 by the docids that they
 * have then. If documents are dropped later, or if a segment begins inside a
 * frame, all are decompressed and compressed again, by one thread.
 */
#ifndef QUERN_BUILD_STORED_REPACK_H
#define QUERN_BUILD_STORED_REPACK_H

#include "common/segment/documents/documents_writer.h"
#include "indexer/build/docid_map.h"

/* Leaves out dropped documents (NULL: none) and begins a frame with each
 * plan. */
NODISCARD Status stored_repack(StoredText *text, const DocidMap *docid_map,
                               const SegmentPlan *plans, size_t plan_count,
                               Error *error);

#endif
