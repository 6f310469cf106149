/* documents_writer.c - what a segment knows of its documents. */
#include "common/segment/documents/documents_writer.h"

#include "common/base/bytes.h"
#include "indexer/build/id_table.h"

#include <stdlib.h>

void gather_norms(Feed *lengths, SegmentPlan *plan, uint8_t *codes)
{
    for (uint32_t i = 0; i < plan->document_count; i++) {
        uint32_t length = (uint32_t)feed_number(lengths);
        uint32_t title = (uint32_t)feed_number(lengths);
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

Status write_parts(SegmentWriter *out, Feed *lengths, const SegmentPlan *plan,
                   Error *error)
{
    uint32_t width = plan->longest_title <= UINT8_MAX    ? 1
                     : plan->longest_title <= UINT16_MAX ? 2
                                                         : 4;
    uint8_t head[PARTS_HEADER_BYTES] = {(uint8_t)width};
    bool has_titles = plan->longest_title > 0;
    if (has_titles) {
        segment_writer_begin(out, SECTION_PARTS);
        segment_writer_put(out, head, sizeof head);
    }
    for (uint32_t i = 0; i < plan->document_count; i++) {
        uint8_t number[sizeof(uint32_t)];
        feed_number(lengths);
        put_u32le(number, (uint32_t)feed_number(lengths));
        if (has_titles) segment_writer_put(out, number, width);
    }
    if (has_titles) segment_writer_end(out);
    return feed_check(lengths, error);
}

/* ids and id_order */

/* Front-codes ids in groups of 16; where each group starts goes to starts. */
static void group_ids(Feed *ids, uint32_t count, Spool *groups, Buf *starts)
{
    Buf id = {0}, before = {0}, record = {0};
    for (uint32_t i = 0; i < count; i++) {
        Buf swap = before;
        before = id;
        id = swap;
        id_table_read(ids, &id);
        buf_keep_failure(starts, &id);
        buf_clear(&record);
        size_t shared = 0;
        if (i % ID_GROUP_IDS == 0) {
            buf_put_u64le(starts, spool_size(groups));
        } else {
            shared = span_common(buf_span(&before), buf_span(&id));
            buf_put_varint(&record, shared);
        }
        buf_put_varint(&record, id.size - shared);
        buf_put(&record, id.data + shared, id.size - shared);
        spool_put_span(groups, buf_span(&record));
        buf_keep_failure(starts, &record);
    }
    buf_put_u64le(starts, spool_size(groups));
    buf_release(&id);
    buf_release(&before);
    buf_release(&record);
}

Status write_ids(SegmentWriter *out, Feed *ids, uint32_t count,
                 const char *folder, size_t memory_limit, Error *error)
{
    Spool groups;
    Buf starts = {0};
    spool_init(&groups, folder, memory_limit);
    group_ids(ids, count, &groups, &starts);
    Status status = feed_check(ids, error);
    if (status == OK) status = buf_check(&starts, "writing ids", error);
    if (status == OK) status = spool_check(&groups, error);
    if (status == OK) {
        /* The groups begin behind their starts. */
        for (size_t i = 0; i < starts.size; i += sizeof(uint64_t)) {
            uint8_t *at = starts.data + i;
            put_u64le(at, get_u64le(at) + starts.size);
        }
        segment_writer_begin(out, SECTION_IDS);
        segment_writer_put(out, starts.data, starts.size);
        segment_writer_put_spool(out, &groups, 0, spool_size(&groups));
        segment_writer_end(out);
    }
    spool_release(&groups);
    buf_release(&starts);
    return status;
}

typedef struct HashedId {
    uint64_t hash;
    uint32_t docid;
} HashedId;

static int compare_hashed(const void *a, const void *b)
{
    const HashedId *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->docid > y->docid) - (x->docid < y->docid);
}

Status write_id_order(SegmentWriter *out, const uint64_t *hashes,
                      uint32_t count, Error *error)
{
    HashedId *ids = malloc(count * sizeof *ids);
    if (!ids) return fail_memory(error, "sorting ids");
    for (uint32_t i = 0; i < count; i++) ids[i] = (HashedId){hashes[i], i};
    qsort(ids, count, sizeof *ids, compare_hashed);
    segment_writer_begin(out, SECTION_ID_ORDER);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t number[sizeof(uint32_t)];
        put_u32le(number, ids[i].docid);
        segment_writer_put(out, number, sizeof number);
    }
    segment_writer_end(out);
    free(ids);
    return OK;
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
