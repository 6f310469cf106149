/* docid_map.c - docids when some documents were dropped after they were
 * read. */
#include "indexer/build/docid_map.h"

#include <stdlib.h>

static uint32_t count_bits(uint64_t word)
{
    return (uint32_t)__builtin_popcountll(word);
}

Status survivors_init(Survivors *survivors, const IdTable *ids, Error *error)
{
    *survivors = (Survivors){.read_count = ids->count,
                             .count = ids->count - ids->dropped_count};
    size_t words = (size_t)ids->count / 64 + 1;
    survivors->dropped = calloc(words, sizeof *survivors->dropped);
    survivors->before = calloc(words, sizeof *survivors->before);
    if (!survivors->dropped || !survivors->before) {
        survivors_release(survivors);
        return fail_memory(error, "dropping documents");
    }
    for (uint32_t docid = 0; docid < ids->count; docid++) {
        if (id_table_dropped(ids, docid))
            survivors->dropped[docid / 64] |= UINT64_C(1) << (docid % 64);
    }
    for (size_t i = 1; i < words; i++)
        survivors->before[i] = survivors->before[i - 1] +
                               count_bits(survivors->dropped[i - 1]);
    return OK;
}

void survivors_release(Survivors *survivors)
{
    free(survivors->dropped);
    free(survivors->before);
    *survivors = (Survivors){0};
}

static uint32_t docid_now(const Survivors *survivors, uint32_t docid)
{
    uint64_t lower = (UINT64_C(1) << (docid % 64)) - 1;
    return docid - survivors->before[docid / 64] -
           count_bits(survivors->dropped[docid / 64] & lower);
}

uint32_t survivors_read_as(const Survivors *survivors, uint32_t docid)
{
    if (docid == survivors->count) return survivors->read_count;
    uint32_t low = docid, high = survivors->read_count - 1;
    while (low < high) { /* the first that has `docid` and all before it */
        uint32_t middle = low + (high - low) / 2;
        bool enough = docid_now(survivors, middle) +
                          survivors_have(survivors, middle) >
                      docid;
        if (enough) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

void survivors_filter(const Survivors *survivors, PostingBatch *batch,
                      uint32_t from)
{
    size_t read = batch->position_count;
    for (uint32_t i = from; i < batch->count; i++) read -= batch->tfs[i];
    size_t kept = read;
    uint32_t count = from;
    for (uint32_t i = from; i < batch->count; i++) {
        uint32_t docid = batch->docids[i], tf = batch->tfs[i];
        if (survivors_have(survivors, docid)) {
            memmove(batch->positions + kept, batch->positions + read,
                    tf * sizeof *batch->positions);
            batch->docids[count] = docid_now(survivors, docid);
            batch->tfs[count++] = tf;
            kept += tf;
        }
        read += tf;
    }
    batch->count = count;
    batch->position_count = kept;
}
