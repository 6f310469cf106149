/* id_table.c - the ids of all documents. */
#include "indexer/build/id_table.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/segment/format.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1 << 12, FIRST_IDS = 1 << 10, SLOT_DOCID_BITS = 32 };

void id_table_init(IdTable *table, const char *folder, size_t memory_limit)
{
    *table = (IdTable){0};
    spool_init(&table->ids, folder, memory_limit);
}

void id_table_release(IdTable *table)
{
    spool_release(&table->ids);
    for (size_t i = 0; i < table->source_count; i++) free(table->sources[i]);
    free(table->sources);
    free(table->groups);
    free(table->hashes);
    free(table->slots);
    buf_release(&table->dropped);
    buf_release(&table->record);
    buf_release(&table->other_id);
    *table = (IdTable){.ids.fd = -1};
}

size_t id_table_memory(const IdTable *table)
{
    return table->slot_count * sizeof *table->slots +
           table->capacity * sizeof *table->hashes +
           table->capacity / ID_GROUP_IDS * sizeof *table->groups +
           table->dropped.capacity + spool_memory(&table->ids);
}

void id_table_close(IdTable *table)
{
    free(table->slots);
    free(table->hashes);
    free(table->groups);
    table->slots = table->hashes = table->groups = NULL;
    table->slot_count = table->capacity = 0;
}

static size_t first_slot(const IdTable *table, uint64_t hash)
{
    return (size_t)hash & (table->slot_count - 1);
}

static size_t next_slot(const IdTable *table, size_t slot)
{
    return (slot + 1) & (table->slot_count - 1);
}

static uint64_t slot_of(uint64_t hash, uint32_t docid)
{
    return hash >> SLOT_DOCID_BITS << SLOT_DOCID_BITS | (docid + 1);
}

static bool grow_slots(IdTable *table)
{
    size_t count = table->slot_count ? table->slot_count * 2 : FIRST_SLOTS;
    uint64_t *slots = calloc(count, sizeof *slots);
    if (!slots) return false;
    free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    for (uint32_t docid = 0; docid < table->count; docid++) {
        if (id_table_dropped(table, docid)) continue;
        size_t at = first_slot(table, table->hashes[docid]);
        while (slots[at]) at = next_slot(table, at);
        slots[at] = slot_of(table->hashes[docid], docid);
    }
    return true;
}

static bool grow_arrays(IdTable *table)
{
    size_t capacity = table->capacity + (size_t)table->capacity / 2;
    if (capacity < FIRST_IDS) capacity = FIRST_IDS;
    if (capacity > UINT32_MAX) capacity = UINT32_MAX;
    uint64_t *hashes = realloc(table->hashes, capacity * sizeof *hashes);
    if (hashes) table->hashes = hashes;
    uint64_t *groups = realloc(table->groups,
                               (capacity / ID_GROUP_IDS + 1) * sizeof *groups);
    if (groups) table->groups = groups;
    if (!hashes || !groups) return false;
    table->capacity = (uint32_t)capacity;
    return true;
}

static bool make_room(IdTable *table)
{
    if (table->count == table->capacity && !grow_arrays(table)) return false;
    return table->count < table->slot_count / 4 * 3 || grow_slots(table);
}

/* A document that is its whole source, such as a file of a folder, has number
 * 0. Other sources are numbered from 1. False without memory. */
static bool number_source(IdTable *table, Span id, const char *source,
                          uint64_t *number)
{
    size_t count = table->source_count;
    *number = 0;
    if (span_equals_text(id, source)) return true;
    *number = count;
    if (count && !strcmp(table->sources[count - 1], source)) return true;
    char **sources = realloc(table->sources, (count + 1) * sizeof *sources);
    if (!sources) return false;
    table->sources = sources;
    sources[count] = strdup(source);
    if (!sources[count]) return false;
    *number = ++table->source_count;
    return true;
}

/* An id and its place, as they are in the spool. */
typedef struct IdRecord {
    Buf id;
    uint64_t source, line, offset;
} IdRecord;

/* read_record reads what put_record writes. */
static void put_record(IdTable *table, Spool *out, Span id,
                       const IdRecord *place)
{
    Buf *record = &table->record;
    buf_clear(record);
    buf_put_varint(record, id.size);
    buf_put_span(record, id);
    buf_put_varint(record, place->source);
    buf_put_varint(record, place->line);
    buf_put_varint(record, place->offset);
    spool_put_span(out, buf_span(record));
}

static void read_record(ByteReader *bytes, IdRecord *out)
{
    buf_clear(&out->id);
    byte_reader_bytes(bytes, (size_t)byte_reader_number(bytes), &out->id);
    out->source = byte_reader_number(bytes);
    out->line = byte_reader_number(bytes);
    out->offset = byte_reader_number(bytes);
}

void id_table_read(ByteReader *bytes, Buf *id)
{
    IdRecord record = {.id = *id};
    read_record(bytes, &record);
    *id = record.id;
}

static Status find_record(const IdTable *table, uint32_t docid, IdRecord *out,
                          Error *error)
{
    SpoolSource source = {&table->ids, table->groups[docid / ID_GROUP_IDS],
                          spool_size(&table->ids)};
    ByteReader bytes;
    byte_reader_init(&bytes, spool_source_fill, &source);
    for (uint32_t i = 0; i <= docid % ID_GROUP_IDS; i++)
        read_record(&bytes, out);
    Status status = byte_reader_check(&bytes, error);
    byte_reader_release(&bytes);
    return status;
}

static Status fail_duplicate(Span id, const Place *first, const Place *place,
                             Error *error)
{
    Buf here = {0}, there = {0};
    put_place(&here, place);
    put_place(&there, first);
    const char *at = buf_text(&here), *first_at = buf_text(&there);
    Status status = at && first_at
                        ? fail_advising(error, ERR_CONFLICT,
                                        ADVICE_ALLOW_DUPLICATES,
                                        "%s: duplicate id '%.*s', first at %s",
                                        at, SPAN_ARGS(id), first_at)
                        : fail_memory(error, "comparing ids");
    buf_release(&here);
    buf_release(&there);
    return status;
}

/* Whether docid, whose id has the same hash, has the same id. */
static Status check_same(IdTable *table, uint32_t docid, Span id,
                         IdDuplicate *other, Error *error)
{
    IdRecord record = {.id = table->other_id};
    Status status = find_record(table, docid, &record, error);
    table->other_id = record.id;
    if (status != OK || !span_equal(buf_span(&record.id), id)) return status;
    other->found = true;
    other->place.source = record.source ? table->sources[record.source - 1]
                                        : buf_text(&table->other_id);
    other->place.line = record.line;
    other->place.offset = record.offset;
    return other->place.source ? OK : fail_memory(error, "comparing ids");
}

bool id_table_dropped(const IdTable *table, uint32_t docid)
{
    size_t word = docid / 64 * sizeof(uint64_t);
    return word < table->dropped.size &&
           get_u64le(table->dropped.data + word) >> (docid % 64) & 1;
}

/* The slot of the document with this id, or the free slot for it. */
static Status find_slot(IdTable *table, Span id, uint64_t hash, size_t *at,
                        IdDuplicate *other, Error *error)
{
    *at = first_slot(table, hash);
    for (uint64_t slot; (slot = table->slots[*at]);
         *at = next_slot(table, *at)) {
        uint32_t docid = (uint32_t)slot - 1;
        if (slot != slot_of(hash, docid) || table->hashes[docid] != hash ||
            id_table_dropped(table, docid))
            continue;
        Status status = check_same(table, docid, id, other, error);
        if (status != OK || other->found) return status;
    }
    return OK;
}

Status id_table_drop(IdTable *table, uint32_t docid, Error *error)
{
    Buf *dropped = &table->dropped;
    size_t word = docid / 64 * sizeof(uint64_t);
    if (word >= dropped->size)
        buf_put_zeros(dropped, word + sizeof(uint64_t) - dropped->size);
    Status status = buf_check(dropped, "dropping a document", error);
    if (status != OK) return status;
    uint8_t *at = dropped->data + word;
    put_u64le(at, get_u64le(at) | UINT64_C(1) << (docid % 64));
    table->dropped_count++;
    return OK;
}

static Status add(IdTable *table, Span id, uint64_t hash, size_t slot,
                  const Place *place, Error *error)
{
    IdRecord record = {.line = place->line, .offset = place->offset};
    if (!number_source(table, id, place->source, &record.source))
        return fail_memory(error, "keeping ids");
    uint32_t docid = table->count++;
    table->slots[slot] = slot_of(hash, docid);
    table->hashes[docid] = hash;
    if (docid % ID_GROUP_IDS == 0)
        table->groups[docid / ID_GROUP_IDS] = spool_size(&table->ids);
    put_record(table, &table->ids, id, &record);
    Status status = buf_check(&table->record, "keeping ids", error);
    return status == OK ? spool_check(&table->ids, error) : status;
}

Status id_table_add(IdTable *table, Span id, const Place *place,
                    OnDuplicate on_duplicate, IdDuplicate *other, Error *error)
{
    *other = (IdDuplicate){0};
    if (table->count == MAX_DOCUMENTS) {
        return fail_advising(error, ERR_LIMIT, ADVICE_SPLIT_INPUT,
                             "more than %u documents", table->count);
    }
    if (!make_room(table)) return fail_memory(error, "keeping ids");
    uint64_t hash = hash_key(id);
    size_t slot;
    Status status = find_slot(table, id, hash, &slot, other, error);
    if (status == OK && other->found) {
        if (on_duplicate == DUPLICATE_ERROR)
            return fail_duplicate(id, &other->place, place, error);
        if (on_duplicate == DUPLICATE_KEEP_FIRST) return OK;
        status = id_table_drop(table, (uint32_t)table->slots[slot] - 1, error);
    }
    return status == OK ? add(table, id, hash, slot, place, error) : status;
}

Status id_table_find(IdTable *table, Span id, bool *found, uint32_t *docid,
                     Error *error)
{
    IdDuplicate other = {0};
    size_t slot;
    *found = false;
    *docid = 0;
    if (table->count == 0) return OK;
    Status status = find_slot(table, id, hash_key(id), &slot, &other, error);
    *found = status == OK && other.found;
    if (*found) *docid = (uint32_t)table->slots[slot] - 1;
    return status;
}

/* Copies the records of the documents that are kept to another spool. */
static Status compact_records(IdTable *table, Spool *kept, Error *error)
{
    SpoolSource source = {&table->ids, 0, spool_size(&table->ids)};
    IdRecord record = {0};
    ByteReader bytes;
    byte_reader_init(&bytes, spool_source_fill, &source);
    for (uint32_t docid = 0; docid < table->count; docid++) {
        read_record(&bytes, &record);
        if (id_table_dropped(table, docid)) continue;
        put_record(table, kept, buf_span(&record.id), &record);
    }
    Status status = byte_reader_check(&bytes, error);
    if (status == OK) status = buf_check(&record.id, "keeping ids", error);
    if (status == OK) status = buf_check(&table->record, "keeping ids", error);
    byte_reader_release(&bytes);
    buf_release(&record.id);
    return status == OK ? spool_check(kept, error) : status;
}

Status id_table_compact(IdTable *table, Error *error)
{
    Spool kept;
    spool_init(&kept, table->ids.folder, table->ids.limit);
    Status status = compact_records(table, &kept, error);
    if (status != OK) {
        spool_release(&kept);
        return status;
    }
    spool_release(&table->ids);
    table->ids = kept;
    table->count -= table->dropped_count;
    table->dropped_count = 0;
    buf_release(&table->dropped);
    return OK;
}
