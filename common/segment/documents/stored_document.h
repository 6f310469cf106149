/* stored_document.h - one document as the section stored holds it.
 *
 *   title, text      varint size, bytes
 *   varint           how many fields follow
 *   fields           varint number of the name; varint size, bytes of the value
 *
 * (FORMAT.md, stored.) The only parser of this layout: a scan takes one item
 * after the other and may be given the bytes in pieces of any size.
 */
#ifndef QUERN_DOCUMENTS_STORED_DOCUMENT_H
#define QUERN_DOCUMENTS_STORED_DOCUMENT_H

#include "common/base/buf.h"

/* Where title and text begin in the buffer. */
typedef struct StoredOffsets {
    size_t title, text;
} StoredOffsets;

/* Appends a document; field_count calls of stored_put_field have to follow. */
StoredOffsets stored_put_document(Buf *out, Span title, Span text,
                                  size_t field_count);
void stored_put_field(Buf *out, uint64_t name, Span value);

typedef enum StoredItemKind {
    STORED_TITLE,
    STORED_TEXT,
    STORED_FIELD_COUNT,
    STORED_NAME,
    STORED_VALUE,
    STORED_END
} StoredItemKind;

typedef struct StoredItem {
    StoredItemKind kind;
    uint64_t number; /* of a count or a name */
    Span bytes;      /* of a title, text or value: what there was of it */
    uint64_t left;   /* its bytes that are still to come */
} StoredItem;

/* Start with {0}. */
typedef struct StoredScan {
    StoredItemKind next; /* STORED_END: the document is complete */
    uint64_t fields_left;
    bool has_size; /* of the next item, which has `left` bytes more */
    uint64_t left;
    uint64_t number; /* what has been read of a number, `shift` bits */
    uint32_t shift;
} StoredScan;

typedef enum StoredResult {
    STORED_TAKEN,
    STORED_CUT_SHORT, /* all bytes are taken: go on with the next piece */
    STORED_INVALID    /* a number above 64 bits */
} StoredResult;

/* Takes the next item from *at, or the beginning of a title, text or value that
 * goes on in the next piece. Not after STORED_END. */
StoredResult stored_scan_next(StoredScan *scan, const uint8_t **at,
                              const uint8_t *end, StoredItem *out);

/* Moves *at after the document; false if it does not end in these bytes. */
bool stored_document_skip(const uint8_t **at, const uint8_t *end);

#endif
