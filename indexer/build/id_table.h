/* id_table.h - the ids of all documents: finds duplicates, assigns docids.
 *
 * Every id gets the next docid, and is kept with its place, as the message
 * about a duplicate names both places. The ids are in a spool; in memory are 64
 * bits of hash for each and a table of 8 bytes a slot. The hash is seeded
 * (hash.h), so that nobody can make ids that collide. One thread.
 */
#ifndef QUERN_BUILD_ID_TABLE_H
#define QUERN_BUILD_ID_TABLE_H

#include "common/base/byte_reader.h"
#include "corpus/document.h"

/* What to do with a document whose id is known already. */
typedef enum OnDuplicate {
    DUPLICATE_ERROR,
    DUPLICATE_KEEP_FIRST, /* it is not added */
    DUPLICATE_KEEP_LAST   /* it is added, the one before is dropped */
} OnDuplicate;

/* The place of the earlier document with the same id. */
typedef struct IdDuplicate {
    bool found;
    Place place; /* source is borrowed until the next call */
} IdDuplicate;

typedef struct IdTable {
    Spool ids;        /* for each: varint size, bytes, its place */
    uint64_t *groups; /* owned: where each 16th id starts in the spool */
    uint64_t *hashes; /* owned: of each id, seeded; not what is written */
    uint32_t count, capacity;
    uint64_t *slots; /* owned: upper half of the hash, docid + 1; 0: free */
    size_t slot_count;
    char **sources; /* owned: inputs that records are in */
    size_t source_count;
    Buf dropped; /* u64 words: a bit for each docid that was dropped */
    uint32_t dropped_count;
    Buf record, other_id; /* scratch */
} IdTable;

void id_table_init(IdTable *table, const char *folder, size_t memory_limit);
void id_table_release(IdTable *table);

/* Assigns the next docid, table->count before the call, but see OnDuplicate;
 * *other is the document that had the id. ERR_CONFLICT names both places. */
NODISCARD Status id_table_add(IdTable *table, Span id, const Place *place,
                              OnDuplicate on_duplicate, IdDuplicate *other,
                              Error *error);

/* The document with this id, of those that are not dropped. */
NODISCARD Status id_table_find(IdTable *table, Span id, bool *found,
                               uint32_t *docid, Error *error);

/* Drops a document: its id is free again. */
NODISCARD Status id_table_drop(IdTable *table, uint32_t docid, Error *error);

bool id_table_dropped(const IdTable *table, uint32_t docid);

/* Removes dropped documents; the docids after them decrease. After
 * id_table_close. */
NODISCARD Status id_table_compact(IdTable *table, Error *error);

/* Memory in use, for budgets. */
size_t id_table_memory(const IdTable *table);

/* Frees what only id_table_add needs; none may be added afterwards. */
void id_table_close(IdTable *table);

/* Reads the next id; `bytes` reads table->ids from its start. */
void id_table_read(ByteReader *bytes, Buf *id);

#endif
