/* id_table.h - the ids of all documents: given out once, kept until written.
 *
 * Every id gets the next docid. An id given twice is an error that names both
 * places, so each is remembered with its place. The ids lie in a spool; in
 * memory are 64 bits of hash for each and a table of 8 bytes a slot. One
 * thread.
 */
#ifndef QUERN_INDEXER_ID_TABLE_H
#define QUERN_INDEXER_ID_TABLE_H

#include "corpus/document.h"
#include "indexer/feed.h"

typedef struct IdTable {
    Spool ids;        /* for each: varint size, bytes, its place */
    uint64_t *groups; /* owned: where each 16th id starts in the spool */
    uint64_t *hashes; /* owned: of each id */
    uint32_t count, capacity;
    uint64_t *slots; /* owned: upper half of the hash, docid + 1; 0: free */
    size_t slot_count;
    char **sources; /* owned: inputs in which records lie */
    size_t source_count;
    Buf record; /* scratch */
} IdTable;

void id_table_init(IdTable *table, const char *folder, size_t memory_limit);
void id_table_release(IdTable *table);

/* Takes the next docid, table->count before the call. ERR_CONFLICT if the id
 * is there already. */
NODISCARD Status id_table_add(IdTable *table, Span id, const Place *place,
                              Error *error);

/* Memory in use, for budgets. */
size_t id_table_memory(const IdTable *table);

/* Gives back what only id_table_add needs. */
void id_table_close(IdTable *table);

/* Reads the next id of a feed of table->ids from its start. */
void id_table_read(Feed *feed, Buf *id);

#endif
