/* document_ids.c - from a document to its id, and back.
 *
 * Ids are front-coded in groups of 16. The way back is a binary search in
 * id_order by the hash of the id; the hashes themselves are not kept, as an
 * id is quickly read and hashed, and looked up at most a few times a query.
 */
#include "common/base/hash.h"
#include "common/base/varint.h"
#include "common/segment/documents.h"
#include "common/segment/segment_internal.h"

static Status group_fail(const Segment *segment, uint64_t group, Error *error)
{
    return segment_fail(segment, SECTION_IDS, error,
                        "group %llu of ids makes no sense",
                        (unsigned long long)group);
}

/* The bytes of a group of ids. */
static Status find_group(Segment *segment, uint64_t group, Span *out,
                         Error *error)
{
    *out = (Span){0};
    Span section = segment->sections[SECTION_IDS];
    Status status = segment_verify(segment, SECTION_IDS, 8 * group, 16, error);
    if (status != OK) return status;
    uint64_t start = get_u64le(section.data + 8 * group);
    uint64_t end = get_u64le(section.data + 8 * group + 8);
    if (start > end) return group_fail(segment, group, error);
    status = segment_verify(segment, SECTION_IDS, start, end - start, error);
    if (status == OK) *out = span_of(section.data + start, end - start);
    return status;
}

/* Makes of the id before, which begins at `start` of the buffer, the next
 * one. False if the bytes make no sense. */
static bool take_id(const uint8_t **at, const uint8_t *end, bool first,
                    size_t start, Buf *out)
{
    uint64_t shared = 0, size;
    if (!first && !varint_get(at, end, &shared)) return false;
    if (!varint_get(at, end, &size) || shared > out->size - start ||
        size > (uint64_t)(end - *at) || shared + size == 0) {
        return false;
    }
    out->size = start + shared;
    buf_put(out, *at, size);
    *at += size;
    return true;
}

Status document_id(Segment *segment, uint32_t docid, Buf *out, Error *error)
{
    uint64_t group = docid / ID_GROUP_IDS;
    size_t start = out->size;
    Span bytes;
    Status status = find_group(segment, group, &bytes, error);
    if (status != OK) return status;
    const uint8_t *at = bytes.data;
    const uint8_t *end = at + bytes.size;
    for (uint32_t i = 0; i <= docid % ID_GROUP_IDS; i++) {
        if (!take_id(&at, end, i == 0, start, out)) {
            out->size = start;
            return group_fail(segment, group, error);
        }
    }
    return buf_check(out, "reading an id", error);
}

/* The docid at a place of id_order, its id in *id. */
static Status read_ordered(Segment *segment, uint32_t place, uint32_t *docid,
                           Buf *id, Error *error)
{
    uint64_t offset = 4 * (uint64_t)place;
    Status status = segment_verify(segment, SECTION_ID_ORDER, offset, 4, error);
    if (status != OK) return status;
    *docid = get_u32le(segment->sections[SECTION_ID_ORDER].data + offset);
    if (*docid >= segment->document_count) {
        return segment_fail(segment, SECTION_ID_ORDER, error,
                            "document %u at place %u: there is none", *docid,
                            place);
    }
    buf_clear(id);
    return document_id(segment, *docid, id, error);
}

/* The first place in id_order whose id has at least this hash. */
static Status find_hash(Segment *segment, uint64_t hash, uint32_t *place,
                        Buf *id, Error *error)
{
    uint32_t low = 0, high = segment->document_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t docid;
        Status status = read_ordered(segment, middle, &docid, id, error);
        if (status != OK) return status;
        if (hash_span(buf_span(id)) < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *place = low;
    return OK;
}

static Status find_id(Segment *segment, Span wanted, uint32_t *docid,
                      bool *found, Buf *id, Error *error)
{
    uint64_t hash = hash_span(wanted);
    uint32_t place;
    Status status = find_hash(segment, hash, &place, id, error);
    for (; status == OK && place < segment->document_count; place++) {
        uint32_t candidate;
        status = read_ordered(segment, place, &candidate, id, error);
        if (status != OK || hash_span(buf_span(id)) != hash) break;
        if (span_equal(buf_span(id), wanted)) {
            *docid = candidate;
            *found = true;
            break;
        }
    }
    return status;
}

Status document_find(Segment *segment, Span id, uint32_t *docid, bool *found,
                     Error *error)
{
    *docid = 0;
    *found = false;
    Buf scratch = {0};
    Status status = find_id(segment, id, docid, found, &scratch, error);
    buf_release(&scratch);
    return status;
}
