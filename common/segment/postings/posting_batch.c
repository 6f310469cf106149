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

bool posting_batch_reserve(PostingBatch *batch, uint64_t count)
{
    enum { SLACK = 16 };
    if (count + SLACK <= batch->position_capacity) return true;
    if (count > SIZE_MAX / 2 / sizeof *batch->positions) return false;
    free(batch->positions);
    batch->position_capacity = (size_t)(count + count / 2) + SLACK;
    batch->positions = malloc(batch->position_capacity *
                              sizeof *batch->positions);
    if (!batch->positions) batch->position_capacity = 0;
    return batch->positions != NULL;
}

void posting_batch_release(PostingBatch *batch)
{
    free(batch->positions);
    *batch = (PostingBatch){0};
}
