/* doc_record.c - the records of TREC and WikiExtractor: <DOC> ... </DOC>. */
#include "corpus/doc_record.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

/* What find_document_end remembers of the bytes it has seen. */
typedef struct DocumentScan {
    bool open;        /* after a <DOC> */
    size_t undecided; /* bytes at the end that may begin a tag */
} DocumentScan;

enum { OPEN_TAG_BYTES = 5, CLOSE_TAG_BYTES = 6 }; /* <DOC> and </DOC> */

static bool begins_document(const uint8_t *at)
{
    return span_equal_caseless(span_of(at, OPEN_TAG_BYTES - 1),
                               span_text("<DOC")) &&
           (at[OPEN_TAG_BYTES - 1] == '>' ||
            byte_is_blank(at[OPEN_TAG_BYTES - 1]));
}

static bool ends_document(const uint8_t *at)
{
    return span_equal_caseless(span_of(at, CLOSE_TAG_BYTES),
                               span_text("</DOC>"));
}

static bool find_document_end(void *context, Span bytes, size_t from,
                              size_t *end)
{
    DocumentScan *scan = context;
    for (size_t i = from - scan->undecided; i < bytes.size; i++) {
        const uint8_t *at = memchr(bytes.data + i, '<', bytes.size - i);
        if (!at) break;
        i = (size_t)(at - bytes.data);
        if (bytes.size - i < CLOSE_TAG_BYTES) {
            scan->undecided = bytes.size - i;
            return false;
        }
        bool opens = begins_document(at), closes = ends_document(at);
        if (closes || (opens && scan->open)) {
            *end = closes ? i + CLOSE_TAG_BYTES : i;
            return true;
        }
        scan->open = scan->open || opens;
    }
    scan->undecided = 0;
    return false;
}

/* The place where <DOC> begins in a record, or its end. */
static size_t find_start(Span record)
{
    Tag tag;
    for (size_t at = 0; tag_next(record, at, &tag); at = tag.end) {
        if (!tag.closes && tag_is(&tag, "DOC")) return tag.start;
    }
    return record.size;
}

static Status skip_outside(const Source *source, const StreamRecord *record,
                           size_t size, Error *error)
{
    if (span_is_blank(span_of(record->bytes.data, size))) return OK;
    return source_skipped(source, record, "text outside <DOC>", error);
}

Status doc_record_next(const Source *source, StreamRecord *record, bool *found,
                       Error *error)
{
    for (;;) {
        DocumentScan scan = {0};
        Status status = stream_record(source->stream, find_document_end, &scan,
                                      source->max_record_bytes, record, found,
                                      error);
        if (status != OK || !*found) return status;
        if (record->too_long) {
            status = source_skipped_large(source, record, error);
            if (status != OK) return status;
            continue;
        }
        size_t start = find_start(record->bytes);
        status = skip_outside(source, record, start, error);
        if (status != OK) return status;
        for (size_t i = 0; i < start; i++)
            record->line += record->bytes.data[i] == '\n';
        record->offset += start;
        record->bytes.data += start;
        record->bytes.size -= start;
        if (record->bytes.size) return OK;
    }
}

bool doc_record_is_closed(Span record)
{
    return record.size >= CLOSE_TAG_BYTES &&
           ends_document(record.data + record.size - CLOSE_TAG_BYTES);
}
