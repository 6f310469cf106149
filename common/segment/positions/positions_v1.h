/* positions_v1.h - positions as version 1 of the format has them, for
 * upgrading.
 *
 *   inline with tf > 4, and short: u8 width, stream of all values
 *   blocks and bitmap: u32 for each group of 128 postings, where it starts in
 *     units of 4 bytes; a group: u8 width, 7 bytes of counts, stream of its
 *     values
 */
#ifndef QUERN_POSITIONS_POSITIONS_V1_H
#define QUERN_POSITIONS_POSITIONS_V1_H

#include "common/segment/postings/posting_batch.h"
#include "common/segment/postings/postings.h"

/* Fills in the positions of a batch: postings number 128 * group and following
 * of the list, whose tfs the batch has. ERR_CORRUPT if they do not ascend or
 * are not in the section. */
NODISCARD Status positions_v1_read(Segment *segment, const Postings *list,
                                   uint32_t group, PostingBatch *batch,
                                   Error *error);

#endif
