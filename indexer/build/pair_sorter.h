/* pair_sorter.h - sorts pairs of words by their codes, with bounded memory.
 *
 * Occurrences come in the order of documents. What does not fit in memory is
 * sorted in parts that go to a temporary file, and merged when it is read; so
 * it may be more than memory holds.
 */
#ifndef QUERN_BUILD_PAIR_SORTER_H
#define QUERN_BUILD_PAIR_SORTER_H

#include "common/base/spool.h"

typedef struct PairSorter {
    uint64_t *entries; /* owned: code << 32 | docid */
    uint64_t *scratch; /* owned: as many */
    size_t count, capacity, limit;
    Spool sorted; /* parts that have been sorted */
    Buf parts;    /* u64: where each ends, in entries */
    uint64_t total;
} PairSorter;

/* Memory of about memory_limit. */
void pair_sorter_init(PairSorter *sorter, const char *folder,
                      size_t memory_limit);
void pair_sorter_release(PairSorter *sorter);

/* Docids ascend from call to call. */
NODISCARD Status pair_sorter_put(PairSorter *sorter, uint32_t docid,
                                 const uint32_t *codes, size_t count,
                                 Error *error);

/* Called for each entry, in order of (code, docid). */
typedef void PairSorterTake(void *self, uint32_t code, uint32_t docid);

/* After the last put. */
NODISCARD Status pair_sorter_read(PairSorter *sorter, PairSorterTake *take,
                                  void *self, Error *error);

#endif
