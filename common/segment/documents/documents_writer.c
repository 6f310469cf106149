/* documents_writer.c - what a segment stores of its documents. */
#include "common/segment/documents/documents_writer.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/varint.h"

#include <stdlib.h>

void gather_norms(ByteReader *lengths, SegmentPlan *plan, uint8_t *codes)
{
    for (uint32_t i = 0; i < plan->document_count; i++) {
        uint32_t length = (uint32_t)byte_reader_number(lengths);
        uint32_t title = (uint32_t)byte_reader_number(lengths);
        codes[i] = norm_encode(length);
        plan->token_count += length;
        plan->nonempty_count += length > 0;
        if (title > plan->longest_title) plan->longest_title = title;
    }
}

void write_norms(SegmentWriter *out, const uint8_t *codes, uint32_t count,
                 SegmentFacts *facts)
{
    for (uint32_t i = 0; i < count; i++)
        facts->norm_codes[codes[i] / 8] |= (uint8_t)(1u << (codes[i] % 8));
    segment_writer_begin(out, SECTION_NORMS);
    segment_writer_put(out, codes, count);
    segment_writer_end(out);
}

void write_title_ends(SegmentWriter *out, const TitleSource *titles,
                      uint32_t count, uint32_t longest)
{
    uint32_t width = longest <= UINT8_MAX ? 1 : longest <= UINT16_MAX ? 2 : 4;
    uint8_t head[TITLE_ENDS_HEADER_BYTES] = {(uint8_t)width};
    if (longest) {
        segment_writer_begin(out, SECTION_TITLE_ENDS);
        segment_writer_put(out, head, sizeof head);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint8_t number[sizeof(uint32_t)];
        put_u32le(number, titles->next(titles->self));
        if (longest) segment_writer_put(out, number, width);
    }
    if (longest) segment_writer_end(out);
}

/* ids and id_order */

typedef struct HashedId {
    uint64_t hash; /* as FORMAT.md has it: not seeded */
    uint32_t docid;
} HashedId;

/* The ids of a segment, collected before they are written. */
typedef struct IdSections {
    Spool groups;
    Buf starts;       /* u64: of each group */
    HashedId *hashed; /* owned: of each id */
    uint32_t count;
} IdSections;

static void put_id(IdSections *sections, uint32_t docid, Span id, Span before)
{
    uint8_t numbers[2 * VARINT_MAX_BYTES], *end = numbers;
    size_t shared = 0;
    if (docid % ID_GROUP_IDS == 0) {
        buf_put_u64le(&sections->starts, spool_size(&sections->groups));
    } else {
        shared = span_common(before, id);
        end = varint_put(end, shared);
    }
    end = varint_put(end, id.size - shared);
    spool_put(&sections->groups, numbers, (size_t)(end - numbers));
    spool_put(&sections->groups, id.data + shared, id.size - shared);
    sections->hashed[docid] = (HashedId){hash_span(id), docid};
}

/* Front-codes ids in groups of 16. */
static Status group_ids(const IdSource *ids, IdSections *sections, Error *error)
{
    Buf id = {0}, before = {0};
    Status status = OK;
    for (uint32_t i = 0; i < sections->count && status == OK; i++) {
        Buf swap = before;
        before = id;
        id = swap;
        status = ids->next(ids->self, &id, error);
        if (status != OK) break;
        put_id(sections, i, buf_span(&id), buf_span(&before));
        buf_keep_failure(&sections->starts, &id);
    }
    buf_put_u64le(&sections->starts, spool_size(&sections->groups));
    buf_release(&id);
    buf_release(&before);
    return status;
}

/* The groups begin after their starts. */
static void put_ids(SegmentWriter *out, IdSections *sections)
{
    Buf *starts = &sections->starts;
    for (size_t i = 0; i < starts->size; i += sizeof(uint64_t)) {
        uint8_t *at = starts->data + i;
        put_u64le(at, get_u64le(at) + starts->size);
    }
    segment_writer_begin(out, SECTION_IDS);
    segment_writer_put(out, starts->data, starts->size);
    segment_writer_put_spool(out, &sections->groups, 0,
                             spool_size(&sections->groups));
    segment_writer_end(out);
}

static int compare_hashed(const void *a, const void *b)
{
    const HashedId *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->docid > y->docid) - (x->docid < y->docid);
}

/* Few entries, or such as share the beginning of their hash. */
static void sort_bucket(HashedId *ids, size_t count)
{
    enum { FEW = 24 };
    if (count > FEW) {
        qsort(ids, count, sizeof *ids, compare_hashed);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        HashedId id = ids[i];
        size_t at = i;
        for (; at > 0 && compare_hashed(&ids[at - 1], &id) > 0; at--)
            ids[at] = ids[at - 1];
        ids[at] = id;
    }
}

/* How many bits of the hash number the buckets, with some entries each. */
static uint32_t bucket_bits(uint32_t count)
{
    enum { ENTRIES_BITS = 3, MAX_BITS = 20 };
    uint32_t bits = 1;
    while (bits < MAX_BITS && count >> (bits + ENTRIES_BITS)) bits++;
    return bits;
}

/* To `out`: one pass of a radix sort by the first bits of the hash, then each
 * bucket by itself. `ends` has room for the buckets, all 0. */
static void sort_hashed(const HashedId *ids, uint32_t count, uint32_t bits,
                        uint32_t *ends, HashedId *out)
{
    uint32_t shift = 64 - bits, sum = 0;
    size_t buckets = (size_t)1 << bits;
    for (uint32_t i = 0; i < count; i++) ends[ids[i].hash >> shift]++;
    for (size_t i = 0; i < buckets; i++) {
        uint32_t here = ends[i];
        ends[i] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < count; i++)
        out[ends[ids[i].hash >> shift]++] = ids[i];
    for (size_t i = 0; i < buckets; i++) {
        uint32_t start = i ? ends[i - 1] : 0;
        sort_bucket(out + start, ends[i] - start);
    }
}

static Status put_id_order(SegmentWriter *out, const IdSections *sections,
                           Error *error)
{
    uint32_t count = sections->count, bits = bucket_bits(count);
    HashedId *sorted = malloc((size_t)count * sizeof *sorted);
    uint32_t *ends = calloc((size_t)1 << bits, sizeof *ends);
    if (sorted && ends) {
        sort_hashed(sections->hashed, count, bits, ends, sorted);
        segment_writer_begin(out, SECTION_ID_ORDER);
        for (uint32_t i = 0; i < count; i++) {
            uint8_t number[sizeof(uint32_t)];
            put_u32le(number, sorted[i].docid);
            segment_writer_put(out, number, sizeof number);
        }
        segment_writer_end(out);
    }
    Status status = sorted && ends ? OK : fail_memory(error, "sorting ids");
    free(sorted);
    free(ends);
    return status;
}

Status write_ids(SegmentWriter *out, const IdSource *ids, uint32_t count,
                 const char *folder, size_t memory_limit, Error *error)
{
    IdSections sections = {.count = count};
    sections.hashed = malloc(count * sizeof *sections.hashed);
    if (!sections.hashed) return fail_memory(error, "sorting ids");
    spool_init(&sections.groups, folder, memory_limit);
    Status status = group_ids(ids, &sections, error);
    if (status == OK)
        status = buf_check(&sections.starts, "writing ids", error);
    if (status == OK) status = spool_check(&sections.groups, error);
    if (status == OK) {
        put_ids(out, &sections);
        status = put_id_order(out, &sections, error);
    }
    spool_release(&sections.groups);
    buf_release(&sections.starts);
    free(sections.hashed);
    return status;
}

/* stored and stored_index */

static void put_names(Buf *out, const StoredText *text)
{
    for (size_t i = 0; i < text->name_count; i++) {
        Span name = span_text(text->names[i]);
        buf_put_varint(out, name.size);
        buf_put_span(out, name);
    }
}

Status write_stored(SegmentWriter *out, const StoredText *text,
                    const SegmentPlan *plan, uint64_t *offset, Error *error)
{
    Buf index = {0}, names = {0};
    put_names(&names, text);
    buf_put_u32le(&index, STORED_BLOCK_DOCUMENTS);
    buf_put_u32le(&index, (uint32_t)text->dictionary.size);
    buf_put_u32le(&index, (uint32_t)text->name_count);
    buf_put_u32le(&index, (uint32_t)names.size);
    size_t first = plan->first_frame;
    size_t count = (plan->document_count - 1) / STORED_BLOCK_DOCUMENTS + 1;
    uint64_t size = 0;
    for (size_t i = 0; i < count; i++) {
        buf_put_u64le(&index, size);
        size += get_u32le(text->sizes.data + (first + i) * sizeof(uint32_t));
    }
    buf_put_u64le(&index, size);
    buf_put_span(&index, buf_span(&text->dictionary));
    buf_put_span(&index, buf_span(&names));
    buf_keep_failure(&index, &names);
    Status status = buf_check(&index, "writing stored text", error);
    if (status == OK) {
        segment_writer_begin(out, SECTION_STORED);
        segment_writer_put_spool(out, &text->frames, *offset, size);
        segment_writer_end(out);
        segment_writer_begin(out, SECTION_STORED_INDEX);
        segment_writer_put(out, index.data, index.size);
        segment_writer_end(out);
    }
    *offset += size;
    buf_release(&index);
    buf_release(&names);
    return status;
}
