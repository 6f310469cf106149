/* posting_batch.c - up to 128 postings of one term, with their positions. */
#include "common/segment/postings/posting_batch.h"

#include <stdlib.h>

bool posting_batch_grow(PostingBatch *batch)
{
    size_t capacity = batch->position_capacity * 2;
    if (capacity < 1024) capacity = 1024;
    uint32_t *positions = realloc(batch->positions,
                                  capacity * sizeof *positions);
    if (!positions) return false;
    batch->positions = positions;
    batch->position_capacity = capacity;
    return true;
}

void posting_batch_release(PostingBatch *batch)
{
    free(batch->positions);
    *batch = (PostingBatch){0};
}
