/* documents.h - what a segment stores of a document: id, title, text, fields.
 */
#ifndef QUERN_DOCUMENTS_DOCUMENTS_H
#define QUERN_DOCUMENTS_DOCUMENTS_H

#include "common/base/buf.h"
#include "common/segment/segment.h"

/* Appends the id of a document to out. */
NODISCARD Status document_id(Segment *segment, uint32_t docid, Buf *out,
                             Error *error);

/* Prefetch the cache lines that document_id will read: first the offset of the
 * id, then, once that is in the cache, its bytes. For thousands of ids. */
void document_id_fetch_place(const Segment *segment, uint32_t docid);
void document_id_fetch(const Segment *segment, uint32_t docid);

/* The document of an id; *found false if there is no such document. */
NODISCARD Status document_find(Segment *segment, Span id, uint32_t *docid,
                               bool *found, Error *error);

/* The hashes of all ids, in the order of id_order: with them an id is found
 * without reading others. Owned by the caller (free). */
NODISCARD Status document_id_hashes(Segment *segment, uint64_t **out,
                                    Error *error);

/* document_find with these hashes, or with NULL. */
NODISCARD Status document_find_hashed(Segment *segment, const uint64_t *hashes,
                                      Span id, uint32_t *docid, bool *found,
                                      Error *error);

/* Walks the ids of all documents in the order of docids. Start with {.segment =
 * ...}, release at the end. */
typedef struct IdWalk {
    Segment *segment;
    uint32_t next;           /* docid */
    const uint8_t *at, *end; /* what is left of its group */
    Buf id;                  /* of the document before it */
} IdWalk;

/* The id of the next document, in walk->id. There must be one. */
NODISCARD Status id_walk_next(IdWalk *walk, Error *error);
void id_walk_release(IdWalk *walk);

/* How many positions the title takes; NULL if no document has a
 * title. Entries have *width bytes (1, 2 or 4). Verified whole. */
NODISCARD Status document_title_ends(Segment *segment, const uint8_t **ends,
                                     uint32_t *width, Error *error);

static inline uint32_t title_end_of(const uint8_t *ends, uint32_t width,
                                    uint32_t docid)
{
    const uint8_t *at = ends + (size_t)docid * width;
    uint32_t end = 0;
    memcpy(&end, at, width);
    return end;
}

typedef struct StoredField {
    Span name, value;
} StoredField;

typedef struct StoredDocument {
    Span title, text;
    StoredField *fields;
    size_t field_count;
} StoredDocument;

/* One thread's access to stored text: keeps the last block unpacked. */
typedef struct StoredReader StoredReader;

/* How many bytes of one document a reader holds by default. */
static const uint64_t STORED_MAX_BYTES = UINT64_C(256) << 20;

/* ERR_UNSUPPORTED if the segment has no stored text. */
NODISCARD Status stored_reader_new(Segment *segment, StoredReader **out,
                                   Error *error);

/* Holds at most `bytes` of one document from now on. */
void stored_reader_limit(StoredReader *reader, uint64_t bytes);

/* The names of the fields that documents may have; borrowed from the reader. */
const Span *stored_reader_names(const StoredReader *reader, size_t *count);

/* Borrowed until the next call. ERR_LIMIT for a document of more bytes than the
 * reader holds; it goes on with others. */
NODISCARD Status stored_reader_get(StoredReader *reader, uint32_t docid,
                                   StoredDocument *out, Error *error);

/* A frame of 16 documents as it is stored, and unpacked; borrowed until the
 * next call. ERR_LIMIT if it has more than 16 documents of `max_bytes`. */
NODISCARD Status stored_reader_packed(StoredReader *reader, uint64_t frame,
                                      Span *packed, Error *error);
NODISCARD Status stored_reader_content(StoredReader *reader, uint64_t frame,
                                       Span *content, Error *error);

/* With which its frames were packed; empty: without. Borrowed. */
Span stored_reader_dictionary(const StoredReader *reader);

/* Bytes of its block after the last document; for checks. */
size_t stored_reader_left(const StoredReader *reader);
void stored_reader_free(StoredReader *reader);

#endif
