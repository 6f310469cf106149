/* docid_map.c - docids when some documents were dropped after they were
 * read. */
#include "indexer/build/docid_map.h"

#include <stdlib.h>

static uint32_t count_bits(uint64_t word)
{
    return (uint32_t)__builtin_popcountll(word);
}

static Status allocate(DocidMap *map, Error *error)
{
    size_t words = (size_t)map->read_count / 64 + 1;
    map->dropped = calloc(words, sizeof *map->dropped);
    map->before = calloc(words, sizeof *map->before);
    if (map->dropped && map->before) return OK;
    docid_map_release(map);
    return fail_memory(error, "dropping documents");
}

/* All bits of `dropped` are set. */
static void count_dropped(DocidMap *map)
{
    size_t words = (size_t)map->read_count / 64 + 1;
    for (size_t i = 1; i < words; i++)
        map->before[i] = map->before[i - 1] + count_bits(map->dropped[i - 1]);
    map->count = map->read_count - map->before[words - 1] -
                 count_bits(map->dropped[words - 1]);
}

Status docid_map_init(DocidMap *map, const IdTable *ids, Error *error)
{
    *map = (DocidMap){.read_count = ids->count};
    Status status = allocate(map, error);
    if (status != OK) return status;
    for (uint32_t docid = 0; docid < ids->count; docid++) {
        if (id_table_dropped(ids, docid))
            map->dropped[docid / 64] |= UINT64_C(1) << (docid % 64);
    }
    count_dropped(map);
    return OK;
}

Status docid_map_init_live(DocidMap *map, const uint64_t *live, uint32_t count,
                           Error *error)
{
    *map = (DocidMap){.read_count = count};
    Status status = allocate(map, error);
    if (status != OK) return status;
    for (size_t i = 0; i < count / 64; i++) map->dropped[i] = ~live[i];
    if (count % 64) {
        uint64_t there = (UINT64_C(1) << (count % 64)) - 1;
        map->dropped[count / 64] = ~live[count / 64] & there;
    }
    count_dropped(map);
    return OK;
}

void docid_map_release(DocidMap *map)
{
    free(map->dropped);
    free(map->before);
    *map = (DocidMap){0};
}

uint32_t docid_map_new(const DocidMap *map, uint32_t docid)
{
    uint64_t lower = (UINT64_C(1) << (docid % 64)) - 1;
    return docid - map->before[docid / 64] -
           count_bits(map->dropped[docid / 64] & lower);
}

uint32_t docid_map_old(const DocidMap *map, uint32_t docid)
{
    if (docid == map->count) return map->read_count;
    uint32_t low = docid, high = map->read_count - 1;
    while (low < high) { /* the first that has `docid` and all before it */
        uint32_t middle = low + (high - low) / 2;
        bool enough = docid_map_new(map, middle) +
                          docid_map_keeps(map, middle) >
                      docid;
        if (enough) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

void docid_map_filter(const DocidMap *map, PostingBatch *batch, uint32_t from)
{
    size_t read = batch->position_count;
    for (uint32_t i = from; i < batch->count; i++) read -= batch->tfs[i];
    size_t kept = read;
    uint32_t count = from;
    for (uint32_t i = from; i < batch->count; i++) {
        uint32_t docid = batch->docids[i], tf = batch->tfs[i];
        if (docid_map_keeps(map, docid)) {
            if (batch->positions)
                memmove(batch->positions + kept, batch->positions + read,
                        tf * sizeof *batch->positions);
            batch->docids[count] = docid_map_new(map, docid);
            batch->tfs[count++] = tf;
            kept += tf;
        }
        read += tf;
    }
    batch->count = count;
    batch->position_count = kept;
}
