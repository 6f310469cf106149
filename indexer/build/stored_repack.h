/* stored_repack.h - stored text cut into other frames than it was packed in.
 *
 * Frames are packed while documents are read, 16 by the docids that they have
 * then. Where documents are dropped later, or where segments begin inside a
 * frame, they are unpacked and packed anew; one thread does it.
 */
#ifndef QUERN_BUILD_STORED_REPACK_H
#define QUERN_BUILD_STORED_REPACK_H

#include "common/segment/documents/documents_writer.h"
#include "indexer/build/docid_map.h"

/* Leaves out what did not survive (NULL: nothing was dropped) and begins a
 * frame with each plan. */
NODISCARD Status stored_repack(StoredText *text, const DocidMap *docid_map,
                               const SegmentPlan *plans, size_t plan_count,
                               Error *error);

#endif
