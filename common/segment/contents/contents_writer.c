/* contents_writer.c - writes HASH.contents of a new segment. */
#include "common/segment/contents/contents_writer.h"

#include "common/base/bytes.h"
#include "common/segment/format.h"
#include "common/segment/manifest_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COPY_BYTES = 64 * 1024 };

void contents_writer_init(ContentsWriter *writer, const char *folder,
                          size_t memory_limit)
{
    writer->count = 0;
    spool_init(&writer->hashes, folder, memory_limit / 4 * 3);
    spool_init(&writer->lengths, folder, memory_limit / 4);
}

void contents_writer_release(ContentsWriter *writer)
{
    spool_release(&writer->hashes);
    spool_release(&writer->lengths);
}

void contents_writer_put(ContentsWriter *writer, Hash128 hash, uint32_t length)
{
    uint8_t bytes[CONTENT_HASH_BYTES];
    put_u64le(bytes, hash.low);
    put_u64le(bytes + 8, hash.high);
    spool_put(&writer->hashes, bytes, CONTENT_HASH_BYTES);
    put_u32le(bytes, length);
    spool_put(&writer->lengths, bytes, CONTENT_LENGTH_BYTES);
    writer->count++;
}

typedef struct ContentsFile {
    const FolderHandle *folder;
    NewFile file;
    uint64_t bytes;
    HashStream *hash; /* of what is after the header */
    uint8_t *buffer;  /* owned, COPY_BYTES */
} ContentsFile;

static Status write_bytes(ContentsFile *out, Span bytes, Error *error)
{
    if (!file_write_all(out->file.fd, bytes))
        return fail_errno(error, "cannot write '%s/%s'", out->folder->path,
                          out->file.name);
    out->bytes += bytes.size;
    return OK;
}

static Status write_spool(ContentsFile *out, const Spool *spool, Error *error)
{
    Status status = spool_check(spool, error);
    for (uint64_t offset = 0; status == OK && offset < spool_size(spool);) {
        Span bytes;
        status = spool_view(spool, offset, out->buffer, COPY_BYTES, &bytes,
                            error);
        if (status != OK) break;
        hash_stream_put(out->hash, bytes);
        offset += bytes.size;
        status = write_bytes(out, bytes, error);
    }
    return status;
}

/* The file is named by the hash of its header, which contains that of all the
 * rest. */
static Status write_header(ContentsFile *out, uint32_t count, uint64_t segment,
                           uint64_t *name, Error *error)
{
    uint8_t header[CONTENTS_HEADER_BYTES] = {0};
    Hash128 body = hash_stream_end(out->hash);
    memcpy(header, CONTENTS_MAGIC, 8);
    put_u32le(header + CONTENTS_VERSION_OFFSET, CONTENTS_VERSION);
    put_u32le(header + CONTENTS_COUNT, count);
    put_u64le(header + CONTENTS_SEGMENT, segment);
    put_u64le(header + CONTENTS_BODY_LOW, body.low);
    put_u64le(header + CONTENTS_BODY_HIGH, body.high);
    *name = hash_bytes(header, CONTENTS_CHECKSUM);
    put_u64le(header + CONTENTS_CHECKSUM, *name);
    if (lseek(out->file.fd, 0, SEEK_SET) != 0)
        return fail_errno(error, "cannot write '%s/%s'", out->folder->path,
                          out->file.name);
    Span bytes = span_of(header, sizeof header);
    return file_write_all(out->file.fd, bytes)
               ? OK
               : fail_errno(error, "cannot write '%s/%s'", out->folder->path,
                            out->file.name);
}

/* Everything under a temporary name. */
static Status write_file(ContentsFile *out, const ContentsWriter *writer,
                         uint64_t segment, uint64_t *name, Error *error)
{
    static const uint8_t zeros[CONTENTS_HEADER_BYTES];
    Status status = write_bytes(out, span_of(zeros, sizeof zeros), error);
    if (status == OK) status = write_spool(out, &writer->hashes, error);
    if (status == OK) status = write_spool(out, &writer->lengths, error);
    if (status == OK)
        status = write_header(out, writer->count, segment, name, error);
    return status;
}

/* Its final name, kept in the arena. */
static Status name_file(uint64_t name, Arena *arena, ManifestSegment *entry,
                        Error *error)
{
    char text[HASH_DIGITS + sizeof CONTENTS_SUFFIX];
    snprintf(text, sizeof text, "%016" PRIx64 CONTENTS_SUFFIX, name);
    entry->contents.name =
        (const char *)arena_copy(arena, span_text(text)).data;
    return entry->contents.name ? OK : fail_memory(error, "writing contents");
}

static Status place_file(ContentsFile *out, const ContentsWriter *writer,
                         FileAccess access, Arena *arena,
                         ManifestSegment *entry, Error *error)
{
    uint64_t segment = 0, name;
    (void)manifest_hash(span_of(entry->name, HASH_DIGITS), &segment);
    Status status = write_file(out, writer, segment, &name, error);
    if (status == OK) status = name_file(name, arena, entry, error);
    if (status == OK)
        status = folder_place_file(out->folder, out->file, entry->contents.name,
                                   access, error);
    if (status == OK) entry->contents.bytes = out->bytes;
    return status;
}

Status contents_writer_finish(ContentsWriter *writer,
                              const FolderHandle *folder, FileAccess access,
                              Arena *arena, ManifestSegment *entry,
                              Error *error)
{
    ContentsFile out = {.folder = folder,
                        .file = {.fd = -1, .name = CONTENTS_TEMPORARY_NAME},
                        .buffer = malloc(COPY_BYTES)};
    Status status = out.buffer ? hash_stream_new(&out.hash, error)
                               : fail_memory(error, "writing contents");
    if (status == OK)
        status = folder_create_file(folder, out.file.name, &out.file.fd, error);
    if (status == OK)
        status = place_file(&out, writer, access, arena, entry, error);
    if (status != OK) entry->contents = (ManifestFile){0};
    if (out.file.fd >= 0) {
        close(out.file.fd);
        if (status != OK) unlinkat(folder->fd, out.file.name, 0);
    }
    hash_stream_free(out.hash);
    free(out.buffer);
    return status;
}
