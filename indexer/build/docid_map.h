/* docid_map.h - docids when some documents were dropped after they were read.
 *
 * Which they are is known only at the end (--on-duplicate keep-last), when
 * their words are in runs and their text is in frames under the docids that
 * they were read with. What is left out of there moves all behind it up: the
 * index is as if the dropped documents had not been in the input.
 */
#ifndef QUERN_BUILD_DOCID_MAP_H
#define QUERN_BUILD_DOCID_MAP_H

#include "indexer/build/id_table.h"
#include "indexer/build/run.h"

typedef struct DocidMap {
    uint64_t *dropped; /* owned: a bit for each document read */
    uint32_t *before;  /* owned: how many of them before each 64 */
    uint32_t read_count, count;
} DocidMap;

/* Those of the table, before id_table_compact. */
NODISCARD Status docid_map_init(DocidMap *map, const IdTable *ids,
                                Error *error);
void docid_map_release(DocidMap *map); /* {0} is fine */

static inline bool docid_map_keeps(const DocidMap *map, uint32_t docid)
{
    return !(map->dropped[docid / 64] >> (docid % 64) & 1);
}

/* The docid that a document was read with, from the one that it has now; for
 * `count` the number of all that were read. */
uint32_t docid_map_old(const DocidMap *map, uint32_t docid);

/* Takes dropped documents out of the batch from posting `from` on, and gives
 * the others their docids. */
void docid_map_filter(const DocidMap *map, PostingBatch *batch, uint32_t from);

#endif
