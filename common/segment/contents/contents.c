/* contents.c - what the documents of a segment contain, as hashes. */
#include "common/segment/contents/contents.h"

#include "common/segment/documents/stored_document.h"
#include "common/segment/manifest_internal.h"

#include <stdio.h>
#include <stdlib.h>

static Status contents_fail(const Contents *contents, Error *error,
                            const char *what)
{
    return fail(error, ERR_CORRUPT, "%s: %s", contents->path, what);
}

/* The hash in the name HASH.segment. */
static uint64_t segment_hash(const ManifestSegment *entry)
{
    uint64_t hash;
    Span digits = span_of(entry->name, HASH_DIGITS);
    return manifest_hash(digits, &hash) ? hash : 0;
}

static Status check_header(const Contents *contents,
                           const ManifestSegment *entry, Error *error)
{
    const uint8_t *file = contents->file.bytes.data;
    uint64_t count = entry->documents;
    if (contents->file.bytes.size != entry->contents.bytes ||
        contents->file.bytes.size < CONTENTS_HEADER_BYTES)
        return contents_fail(contents, error,
                             "does not have the size that MANIFEST lists");
    if (memcmp(file, CONTENTS_MAGIC, 8) != 0)
        return contents_fail(contents, error, "not a contents file");
    if (get_u32le(file + CONTENTS_VERSION_OFFSET) != CONTENTS_VERSION) {
        return fail(error, ERR_UNSUPPORTED,
                    "%s: unsupported version of a contents file",
                    contents->path);
    }
    if (hash_bytes(file, CONTENTS_CHECKSUM) !=
        get_u64le(file + CONTENTS_CHECKSUM))
        return contents_fail(contents, error, "wrong checksum of the header");
    if (get_u32le(file + CONTENTS_COUNT) != count ||
        get_u64le(file + CONTENTS_SEGMENT) != segment_hash(entry) ||
        contents->file.bytes.size !=
            CONTENTS_HEADER_BYTES +
                (CONTENT_HASH_BYTES + CONTENT_LENGTH_BYTES) * count)
        return contents_fail(contents, error,
                             "does not match its entry in MANIFEST");
    return OK;
}

static Status open_file(Contents *contents, const FolderHandle *folder,
                        const ManifestSegment *entry, Error *error)
{
    size_t size = strlen(folder->path) + strlen(entry->contents.name) + 2;
    contents->path = malloc(size);
    if (!contents->path) return fail_memory(error, "opening an index");
    snprintf(contents->path, size, "%s/%s", folder->path, entry->contents.name);
    Status status = folder_map_file(folder, entry->contents.name,
                                    &contents->file, error);
    if (status == OK) status = check_header(contents, entry, error);
    if (status != OK) return status;
    Span body = span_of(contents->file.bytes.data + CONTENTS_HEADER_BYTES,
                        contents->file.bytes.size - CONTENTS_HEADER_BYTES);
    const uint8_t *header = contents->file.bytes.data;
    Hash128 hash = {.high = get_u64le(header + CONTENTS_BODY_HIGH),
                    .low = get_u64le(header + CONTENTS_BODY_LOW)};
    if (!hash128_equal(hash, hash128_bytes(body.data, body.size)))
        return contents_fail(contents, error, "wrong checksum");
    contents->document_count = (uint32_t)entry->documents;
    contents->hashes = body.data;
    contents->lengths = body.data + CONTENT_HASH_BYTES * entry->documents;
    return OK;
}

Status contents_open_in(const FolderHandle *folder,
                        const ManifestSegment *entry, Contents **out,
                        Error *error)
{
    *out = NULL;
    Contents *contents = calloc(1, sizeof *contents);
    if (!contents) return fail_memory(error, "opening an index");
    Status status = open_file(contents, folder, entry, error);
    if (status == OK) {
        *out = contents;
    } else {
        contents_close(contents);
    }
    return status;
}

void contents_close(Contents *contents)
{
    if (!contents) return;
    file_unmap(&contents->file);
    free(contents->path);
    free(contents);
}

Status content_hash(Span title, Span text, Buf *scratch, Hash128 *out,
                    Error *error)
{
    buf_clear(scratch);
    stored_put_document(scratch, title, text, 0);
    *out = hash128_bytes(scratch->data, scratch->size);
    return buf_check(scratch, "comparing documents", error);
}
