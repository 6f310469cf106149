/* stored_reader.c - one thread's access to stored text.
 *
 * The unpacked block of 16 documents is kept, so that reading documents in
 * order unpacks each block once. A block of more bytes than the reader may hold
 * of a document is read as a stream instead, forward as long as documents are
 * asked for in order.
 */
#include "common/base/varint.h"
#include "common/base/zip.h"
#include "common/segment/documents/document_stream.h"
#include "common/segment/documents/documents.h"
#include "common/segment/documents/stored_document.h"
#include "common/segment/segment_internal.h"

#include <inttypes.h>
#include <stdlib.h>

enum { NO_BLOCK_NUMBER = 0 }; /* block_number counts from 1 */

struct StoredReader {
    Segment *segment;
    ZipUnpacker *unpacker; /* owned */
    const uint8_t *starts; /* of frames, u64 each */
    Span *names;           /* owned; of fields, borrowed from the section */
    uint32_t name_count;
    Span dictionary;       /* borrowed from the section */
    uint64_t block_number; /* of the block in `content` */
    Buf content;           /* owned */
    StoredField *fields;   /* owned; of the last document */
    size_t field_capacity;
    size_t left;            /* bytes of the block after the last document */
    uint64_t max_bytes;     /* of a document */
    DocumentStream *stream; /* owned; NULL until a large block is read */
    uint64_t stream_block;  /* as block_number */
    uint32_t stream_next;   /* document of its block, from 0 */
};

static Status index_fail(const Segment *segment, Error *error, const char *what)
{
    return segment_fail(segment, SECTION_STORED_INDEX, error, "%s", what);
}

static bool take_span(const uint8_t **at, const uint8_t *end, Span *out)
{
    uint64_t size;
    if (!varint_get(at, end, &size) || size > (uint64_t)(end - *at)) {
        return false;
    }
    *out = span_of(*at, size);
    *at += size;
    return true;
}

static Status read_names(StoredReader *reader, Span bytes, Error *error)
{
    const uint8_t *at = bytes.data;
    const uint8_t *end = at + bytes.size;
    reader->names = calloc((size_t)reader->name_count + 1, sizeof(Span));
    if (!reader->names) return fail_memory(error, "opening stored text");
    for (uint32_t i = 0; i < reader->name_count; i++) {
        if (!take_span(&at, end, &reader->names[i])) {
            return index_fail(reader->segment, error,
                              "the names are cut short");
        }
    }
    return at == end ? OK
                     : index_fail(reader->segment, error,
                                  "unexpected bytes at the end");
}

static Status read_index(StoredReader *reader, Error *error)
{
    Segment *segment = reader->segment;
    Span section = segment->sections[SECTION_STORED_INDEX];
    Status status = segment_verify(segment, SECTION_STORED_INDEX, 0,
                                   section.size, error);
    if (status != OK) return status;
    uint64_t blocks = divide_up(segment->document_count,
                                STORED_BLOCK_DOCUMENTS);
    uint64_t fixed = STORED_INDEX_HEADER_BYTES + 8 * (blocks + 1);
    if (section.size < fixed ||
        get_u32le(section.data) != STORED_BLOCK_DOCUMENTS) {
        return index_fail(segment, error, "invalid header");
    }
    uint64_t dictionary_bytes = get_u32le(section.data + 4);
    uint64_t names_bytes = get_u32le(section.data + 12);
    reader->name_count = get_u32le(section.data + 8);
    if (section.size - fixed != dictionary_bytes + names_bytes ||
        reader->name_count > names_bytes) {
        return index_fail(segment, error, "its sizes contradict each other");
    }
    reader->starts = section.data + STORED_INDEX_HEADER_BYTES;
    Span dictionary = span_of(section.data + fixed, dictionary_bytes);
    reader->dictionary = dictionary;
    if (dictionary_bytes && !zip_unpacker_learn(reader->unpacker, dictionary)) {
        return index_fail(segment, error, "invalid zstd dictionary");
    }
    const uint8_t *names = section.data + fixed + dictionary_bytes;
    return read_names(reader, span_of(names, names_bytes), error);
}

Status stored_reader_new(Segment *segment, StoredReader **out, Error *error)
{
    *out = NULL;
    if (!segment_has(segment, SECTION_STORED)) {
        return fail(error, ERR_UNSUPPORTED, "%s: the index has no stored text",
                    segment->path);
    }
    StoredReader *reader = calloc(1, sizeof *reader);
    if (!reader) return fail_memory(error, "opening stored text");
    reader->segment = segment;
    reader->max_bytes = STORED_MAX_BYTES;
    reader->unpacker = zip_unpacker_new();
    Status status = reader->unpacker
                        ? read_index(reader, error)
                        : fail_memory(error, "opening stored text");
    if (status == OK) {
        *out = reader;
    } else {
        stored_reader_free(reader);
    }
    return status;
}

const Span *stored_reader_names(const StoredReader *reader, size_t *count)
{
    *count = reader->name_count;
    return reader->names;
}

void stored_reader_limit(StoredReader *reader, uint64_t bytes)
{
    if (reader->max_bytes == bytes) return;
    reader->max_bytes = bytes;
    reader->block_number = reader->stream_block = NO_BLOCK_NUMBER;
}

void stored_reader_free(StoredReader *reader)
{
    if (!reader) return;
    zip_unpacker_free(reader->unpacker);
    free(reader->names);
    free(reader->fields);
    free(reader->stream);
    buf_release(&reader->content);
    free(reader);
}

static Status block_fail(const StoredReader *reader, uint64_t block,
                         Error *error, const char *what)
{
    return segment_fail(reader->segment, SECTION_STORED, error,
                        "block %" PRIu64 ": %s", block, what);
}

/* The zstd frame of a block. */
static Status find_frame(StoredReader *reader, uint64_t block, Span *frame,
                         Error *error)
{
    *frame = (Span){0};
    uint64_t start = get_u64le(reader->starts + 8 * block);
    uint64_t end = get_u64le(reader->starts + 8 * block + 8);
    if (start > end)
        return block_fail(reader, block, error, "its end is before its start");
    Segment *segment = reader->segment;
    Status status = segment_verify(segment, SECTION_STORED, start, end - start,
                                   error);
    if (status == OK) {
        *frame = span_of(segment->sections[SECTION_STORED].data + start,
                         end - start);
    }
    return status;
}

/* The frame holds `size` bytes, as it says. */
static Status unpack_block(StoredReader *reader, uint64_t block, Span frame,
                           size_t size, Error *error)
{
    reader->block_number = reader->stream_block = NO_BLOCK_NUMBER;
    buf_clear(&reader->content);
    uint8_t *room = buf_reserve(&reader->content, size + 1);
    if (!room) return fail_memory(error, "unpacking stored text");
    const char *why = zip_unpack(reader->unpacker, frame, room, size,
                                 &reader->content.size);
    if (why) return block_fail(reader, block, error, why);
    reader->block_number = block + 1;
    return OK;
}

/* Room for the fields of a document; an array that only grows. */
static bool reserve_fields(StoredReader *reader, uint64_t count)
{
    if (count <= reader->field_capacity) return true;
    StoredField *fields = realloc(reader->fields, count * sizeof *fields);
    if (!fields) return false;
    reader->fields = fields;
    reader->field_capacity = count;
    return true;
}

/* Room for the fields, of which each takes at least two bytes. */
static Status begin_fields(StoredReader *reader, uint64_t block, uint64_t count,
                           size_t bytes_left, Error *error)
{
    if (count > bytes_left) {
        return block_fail(reader, block, error, "a document is cut short");
    }
    if (count > STORED_MAX_FIELDS) {
        return block_fail(reader, block, error,
                          "a document with more than 1,048,576 fields");
    }
    if (!reserve_fields(reader, count)) {
        return fail_memory(error, "reading a document");
    }
    return OK;
}

static Status take_name(StoredReader *reader, uint64_t block, uint64_t name,
                        StoredField *field, Error *error)
{
    if (name >= reader->name_count) {
        return block_fail(reader, block, error,
                          "a field whose name does not exist");
    }
    field->name = reader->names[name];
    return OK;
}

/* The document at *at; moves *at after it. */
static Status take_document(StoredReader *reader, uint64_t block,
                            const uint8_t **at, const uint8_t *end,
                            StoredDocument *out, Error *error)
{
    StoredScan scan = {0};
    StoredItem item;
    Status status = OK;
    size_t fields = 0; /* taken so far */
    while (scan.next != STORED_END && status == OK) {
        StoredResult result = stored_scan_next(&scan, at, end, &item);
        if (result != STORED_TAKEN || item.left) {
            return block_fail(reader, block, error, "a document is cut short");
        }
        switch (item.kind) {
        case STORED_TITLE: out->title = item.bytes; break;
        case STORED_TEXT: out->text = item.bytes; break;
        case STORED_FIELD_COUNT:
            status = begin_fields(reader, block, item.number,
                                  (size_t)(end - *at), error);
            break;
        case STORED_NAME:
            status = take_name(reader, block, item.number,
                               &reader->fields[fields], error);
            break;
        case STORED_VALUE: reader->fields[fields++].value = item.bytes; break;
        case STORED_END: break;
        }
    }
    out->fields = reader->fields;
    out->field_count = fields;
    return status;
}

static Status read_block(StoredReader *reader, uint32_t docid,
                         StoredDocument *out, Error *error)
{
    Status status = OK;
    const uint8_t *at = reader->content.data;
    const uint8_t *end = at ? at + reader->content.size : NULL;
    uint64_t block = docid / STORED_BLOCK_DOCUMENTS;
    for (uint32_t i = 0; i <= docid % STORED_BLOCK_DOCUMENTS; i++) {
        if (status != OK) break;
        status = take_document(reader, block, &at, end, out, error);
    }
    reader->left = (size_t)(end - at);
    return status;
}

/* A block is read up to here and no further, as zstd can pack terabytes into
 * a few megabytes. */
static uint64_t max_unpacked(const StoredReader *reader)
{
    uint64_t bytes = reader->max_bytes > STORED_MAX_BYTES ? reader->max_bytes
                                                          : STORED_MAX_BYTES;
    return STORED_BLOCK_DOCUMENTS * bytes;
}

/* Where the documents of a large block begin, unless the stream is already
 * before the wanted one. */
static Status enter_stream(StoredReader *reader, uint32_t docid, Span frame,
                           Error *error)
{
    uint64_t block = docid / STORED_BLOCK_DOCUMENTS;
    if (reader->stream_block == block + 1 &&
        reader->stream_next <= docid % STORED_BLOCK_DOCUMENTS) {
        return OK;
    }
    if (!reader->stream) reader->stream = malloc(sizeof *reader->stream);
    if (!reader->stream ||
        !document_stream_start(reader->stream, reader->unpacker, frame,
                               max_unpacked(reader))) {
        return fail_memory(error, "unpacking stored text");
    }
    reader->block_number = NO_BLOCK_NUMBER;
    reader->stream_block = block + 1;
    reader->stream_next = 0;
    return OK;
}

/* The document's bytes to reader->content. */
static Status stream_document(StoredReader *reader, uint32_t docid,
                              Error *error)
{
    DocumentStream *stream = reader->stream;
    uint64_t block = docid / STORED_BLOCK_DOCUMENTS;
    uint32_t place = docid % STORED_BLOCK_DOCUMENTS;
    DocumentFit fit = DOCUMENT_TAKEN;
    while (reader->stream_next < place && fit == DOCUMENT_TAKEN) {
        reader->stream_next++;
        fit = document_stream_skip(stream);
    }
    if (fit == DOCUMENT_TAKEN) {
        reader->stream_next++;
        fit = document_stream_take(stream, reader->max_bytes, &reader->content);
    }
    if (fit == DOCUMENT_INVALID) {
        reader->stream_block = NO_BLOCK_NUMBER;
        return block_fail(reader, block, error,
                          stream->why ? stream->why
                                      : "a document is cut short");
    }
    if (fit == DOCUMENT_TOO_FAR) reader->stream_block = NO_BLOCK_NUMBER;
    reader->left = document_stream_has_more(stream);
    if (fit == DOCUMENT_TAKEN) {
        return buf_check(&reader->content, "unpacking stored text", error);
    }
    return fail(error, ERR_LIMIT,
                "%s: section stored: document %u takes more than %" PRIu64
                " bytes",
                reader->segment->path, docid, reader->max_bytes);
}

static Status read_stream(StoredReader *reader, uint32_t docid, Span frame,
                          StoredDocument *out, Error *error)
{
    Status status = enter_stream(reader, docid, frame, error);
    if (status == OK) status = stream_document(reader, docid, error);
    if (status != OK) return status;
    const uint8_t *at = reader->content.data;
    const uint8_t *end = at + reader->content.size;
    return take_document(reader, docid / STORED_BLOCK_DOCUMENTS, &at, end, out,
                         error);
}

static Status read_document(StoredReader *reader, uint32_t docid,
                            StoredDocument *out, Error *error)
{
    uint64_t block = docid / STORED_BLOCK_DOCUMENTS;
    if (reader->block_number == block + 1) {
        return read_block(reader, docid, out, error);
    }
    Span frame;
    size_t size;
    Status status = find_frame(reader, block, &frame, error);
    if (status != OK) return status;
    if (!zip_content_size(frame, &size)) {
        return block_fail(reader, block, error,
                          "not a zstd frame of known size");
    }
    if (size > reader->max_bytes) {
        return read_stream(reader, docid, frame, out, error);
    }
    status = unpack_block(reader, block, frame, size, error);
    return status == OK ? read_block(reader, docid, out, error) : status;
}

Status stored_reader_get(StoredReader *reader, uint32_t docid,
                         StoredDocument *out, Error *error)
{
    *out = (StoredDocument){0};
    Status status = read_document(reader, docid, out, error);
    if (status != OK) *out = (StoredDocument){0};
    return status;
}

Status stored_reader_packed(StoredReader *reader, uint64_t frame, Span *packed,
                            Error *error)
{
    return find_frame(reader, frame, packed, error);
}

Status stored_reader_content(StoredReader *reader, uint64_t frame,
                             Span *content, Error *error)
{
    *content = (Span){0};
    Span packed;
    size_t size;
    Status status = find_frame(reader, frame, &packed, error);
    if (status != OK) return status;
    if (!zip_content_size(packed, &size)) {
        return block_fail(reader, frame, error,
                          "not a zstd frame of known size");
    }
    if (size > max_unpacked(reader)) {
        return fail(error, ERR_LIMIT,
                    "%s: section stored: block %" PRIu64
                    " takes more than %" PRIu64 " bytes",
                    reader->segment->path, frame, max_unpacked(reader));
    }
    status = unpack_block(reader, frame, packed, size, error);
    if (status == OK) *content = buf_span(&reader->content);
    return status;
}

Span stored_reader_dictionary(const StoredReader *reader)
{
    return reader->dictionary;
}

size_t stored_reader_left(const StoredReader *reader)
{
    return reader->left;
}
