/* check_documents.c - ids both ways, and stored text. */
#include "common/base/escaped_text.h"
#include "common/base/hash.h"
#include "common/base/utf8_clean.h"
#include "common/segment/check/segment_check_internal.h"

#include <inttypes.h>

/* Whether `count` parts, and the end of the last at `starts[count]`, follow
 * each other from `first` to `end`. */
static bool parts_fill(const uint8_t *starts, uint64_t count, uint64_t first,
                       uint64_t end)
{
    bool good = get_u64le(starts) == first;
    for (uint64_t i = 0; i < count; i++) {
        good = good &&
               get_u64le(starts + 8 * i) <= get_u64le(starts + 8 * (i + 1));
    }
    return good && get_u64le(starts + 8 * count) == end;
}

/* Groups of ids fill the section from its head on, in order. */
static Status check_groups(const Segment *segment, Error *error)
{
    Span ids = segment->sections[SECTION_IDS];
    uint64_t groups = divide_up(segment->document_count, ID_GROUP_IDS);
    if (parts_fill(ids.data, groups, 8 * (groups + 1), ids.size)) return OK;
    return segment_fail(segment, SECTION_IDS, error,
                        "its groups do not fill it");
}

/* Place by place, (hash, docid) ascends strictly; so each document has one
 * place, and equal ids would stand side by side. */
static Status check_order(Segment *segment, Buf *id, Buf *before, Error *error)
{
    const uint8_t *order = segment->sections[SECTION_ID_ORDER].data;
    uint64_t hash_before = 0;
    uint32_t docid_before = 0;
    for (uint32_t i = 0; i < segment->document_count; i++) {
        uint32_t docid = get_u32le(order + 4 * (size_t)i);
        buf_clear(id);
        Status status = OK;
        if (docid < segment->document_count) {
            status = document_id(segment, docid, id, error);
        }
        if (status != OK) return status;
        uint64_t hash = hash_span(buf_span(id));
        bool ascends = i == 0 || hash > hash_before ||
                       (hash == hash_before && docid > docid_before);
        if (docid >= segment->document_count || !ascends) {
            return segment_fail(segment, SECTION_ID_ORDER, error,
                                "place %u is out of order", i);
        }
        if (i > 0 && span_equal(buf_span(id), buf_span(before))) {
            return segment_fail(segment, SECTION_IDS, error,
                                "documents %u and %u have the same id",
                                docid_before, docid);
        }
        hash_before = hash;
        docid_before = docid;
        Buf swap = *before;
        *before = *id;
        *id = swap;
    }
    return OK;
}

Status check_ids(Segment *segment, Error *error)
{
    Buf id = {0};
    Buf before = {0};
    Status status = check_groups(segment, error);
    if (status == OK) status = check_order(segment, &id, &before, error);
    buf_release(&id);
    buf_release(&before);
    return status;
}

/* Frames fill the section, in order. */
static Status check_frames(const Segment *segment, Error *error)
{
    Span stored = segment->sections[SECTION_STORED];
    const uint8_t *starts = segment->sections[SECTION_STORED_INDEX].data +
                            STORED_INDEX_HEADER_BYTES;
    uint64_t blocks = divide_up(segment->document_count,
                                STORED_BLOCK_DOCUMENTS);
    if (parts_fill(starts, blocks, 0, stored.size)) return OK;
    return segment_fail(segment, SECTION_STORED_INDEX, error,
                        "its frames do not fill the section stored");
}

static bool document_clean(const StoredDocument *document)
{
    bool clean = utf8_is_clean(document->title) &&
                 utf8_is_clean(document->text);
    for (size_t i = 0; i < document->field_count; i++) {
        clean = clean && utf8_is_clean(document->fields[i].name) &&
                utf8_is_clean(document->fields[i].value);
    }
    return clean;
}

static uint64_t max_document(const CheckReport *report)
{
    return report->max_document ? report->max_document : STORED_MAX_BYTES;
}

/* A document that is too large to be held; names its id. */
static Status note_unchecked(Segment *segment, uint32_t docid,
                             CheckReport *report, Error *error)
{
    Buf id = {0}, shown = {0};
    Error limit;
    Status status = document_id(segment, docid, &id, error);
    if (status == OK) {
        put_escaped(&shown, buf_span(&id));
        const char *text = buf_text(&shown);
        status = fail(&limit, ERR_LIMIT,
                      "%s: section stored: document %u '%.200s' "
                      "is larger than %" PRIu64 " bytes",
                      segment->path, docid, text ? text : "",
                      max_document(report));
        check_report_add_unchecked(report, &limit);
        status = OK;
    }
    buf_release(&id);
    buf_release(&shown);
    return status;
}

static Status check_document(Segment *segment, StoredReader *reader,
                             uint32_t docid, CheckReport *report, Error *error)
{
    StoredDocument document;
    Status status = stored_reader_get(reader, docid, &document, error);
    if (status == ERR_LIMIT) {
        return note_unchecked(segment, docid, report, error);
    }
    if (status != OK) return status;
    if (!document_clean(&document)) {
        return segment_fail(segment, SECTION_STORED, error,
                            "document %u is not UTF-8", docid);
    }
    report->stored_documents++;
    return OK;
}

static Status check_stored_documents(Segment *segment, StoredReader *reader,
                                     CheckReport *report, Error *error)
{
    Status status = check_frames(segment, error);
    for (uint32_t d = 0; status == OK && d < segment->document_count; d++) {
        status = check_document(segment, reader, d, report, error);
        bool last = d % STORED_BLOCK_DOCUMENTS == STORED_BLOCK_DOCUMENTS - 1 ||
                    d == segment->document_count - 1;
        if (status == OK && last && stored_reader_left(reader)) {
            return segment_fail(segment, SECTION_STORED, error,
                                "bytes left over behind document %u", d);
        }
    }
    return status;
}

Status check_stored(Segment *segment, CheckReport *report, Error *error)
{
    if (!segment_has(segment, SECTION_STORED)) return OK;
    StoredReader *reader;
    Status status = stored_reader_new(segment, &reader, error);
    if (status != OK) return status;
    stored_reader_limit(reader, max_document(report));
    status = check_stored_documents(segment, reader, report, error);
    stored_reader_free(reader);
    return status;
}
