/* posting_batch.h - up to 128 postings of one term, with their positions.
 *
 * The form in which postings come to the writers of a segment: one block of
 * the postings, one group of the positions.
 */
#ifndef QUERN_POSTINGS_POSTING_BATCH_H
#define QUERN_POSTINGS_POSTING_BATCH_H

#include "common/segment/format.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct PostingBatch {
    uint32_t count;
    uint32_t docids[BLOCK_POSTINGS];
    uint32_t tfs[BLOCK_POSTINGS];
    /* Of all postings: the first position, then differences - 1 (0 where
     * there are no positions); position_count is the sum of all tfs. Owned. */
    uint32_t *positions;
    size_t position_count, position_capacity;
} PostingBatch;

/* Makes room for at least one more position; false without memory. */
bool posting_batch_grow(PostingBatch *batch);

/* Makes room for `count` positions, and 16 more that decoders may write; what
 * was there is lost. False without memory. */
bool posting_batch_reserve(PostingBatch *batch, uint64_t count);
void posting_batch_release(PostingBatch *batch);

#endif
