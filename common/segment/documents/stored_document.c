/* stored_document.c - one document as the section stored holds it. */
#include "common/segment/documents/stored_document.h"

static size_t put_text(Buf *out, Span text)
{
    buf_put_varint(out, text.size);
    size_t offset = out->size;
    buf_put_span(out, text);
    return offset;
}

StoredOffsets stored_put_document(Buf *out, Span title, Span text,
                                  size_t field_count)
{
    StoredOffsets offsets;
    offsets.title = put_text(out, title);
    offsets.text = put_text(out, text);
    buf_put_varint(out, field_count);
    return offsets;
}

void stored_put_field(Buf *out, uint64_t name, Span value)
{
    buf_put_varint(out, name);
    put_text(out, value);
}

/* A varint, byte by byte: it may begin in one piece and end in the next. */
static StoredResult take_number(StoredScan *scan, const uint8_t **at,
                                const uint8_t *end, uint64_t *number)
{
    enum { LAST_SHIFT = 63 };
    while (*at < end) {
        uint8_t byte = *(*at)++;
        if (scan->shift == LAST_SHIFT && byte > 1) return STORED_INVALID;
        scan->number |= (uint64_t)(byte & 0x7f) << scan->shift;
        scan->shift += 7;
        if (byte & 0x80) continue;
        *number = scan->number;
        scan->number = 0;
        scan->shift = 0;
        return STORED_TAKEN;
    }
    return STORED_CUT_SHORT;
}

static StoredItemKind kind_after(const StoredScan *scan)
{
    switch (scan->next) {
    case STORED_TITLE: return STORED_TEXT;
    case STORED_TEXT: return STORED_FIELD_COUNT;
    case STORED_NAME: return STORED_VALUE;
    case STORED_FIELD_COUNT:
    case STORED_VALUE:
    case STORED_END: break;
    }
    return scan->fields_left ? STORED_NAME : STORED_END;
}

static StoredResult take_bytes(StoredScan *scan, const uint8_t **at,
                               const uint8_t *end, StoredItem *out)
{
    size_t here = (size_t)(end - *at);
    if (here > scan->left) here = (size_t)scan->left;
    if (here == 0 && scan->left) return STORED_CUT_SHORT;
    out->bytes = span_of(*at, here);
    *at += here;
    scan->left -= here;
    out->left = scan->left;
    if (scan->left) return STORED_TAKEN;
    scan->has_size = false;
    if (scan->next == STORED_VALUE) scan->fields_left--;
    scan->next = kind_after(scan);
    return STORED_TAKEN;
}

StoredResult stored_scan_next(StoredScan *scan, const uint8_t **at,
                              const uint8_t *end, StoredItem *out)
{
    *out = (StoredItem){.kind = scan->next};
    if (scan->has_size) return take_bytes(scan, at, end, out);
    uint64_t number;
    StoredResult result = take_number(scan, at, end, &number);
    if (result != STORED_TAKEN) return result;
    if (scan->next == STORED_FIELD_COUNT || scan->next == STORED_NAME) {
        out->number = number;
        if (scan->next == STORED_FIELD_COUNT) scan->fields_left = number;
        scan->next = kind_after(scan);
        return STORED_TAKEN;
    }
    scan->has_size = true;
    scan->left = number;
    return take_bytes(scan, at, end, out);
}

bool stored_document_skip(const uint8_t **at, const uint8_t *end)
{
    StoredScan scan = {0};
    StoredItem item;
    while (scan.next != STORED_END) {
        if (stored_scan_next(&scan, at, end, &item) != STORED_TAKEN)
            return false;
    }
    return true;
}
