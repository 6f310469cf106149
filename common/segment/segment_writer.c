/* segment_writer.c - one segment file: sections in order, checksums, header. */
#include "common/segment/segment_writer.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TEMPORARY_NAME "segment.tmp"

static void keep_failure(SegmentWriter *writer, Status status)
{
    if (writer->status == OK) writer->status = status;
}

void segment_writer_open(SegmentWriter *writer, const FolderHandle *folder,
                         FileAccess access)
{
    *writer = (SegmentWriter){.folder = folder, .access = access, .fd = -1};
    writer->offset = SEGMENT_HEADER_BYTES;
    writer->part = malloc(CHECKSUM_PART_BYTES);
    if (!writer->part) {
        writer->status = fail_memory(&writer->error, "writing a segment");
        return;
    }
    writer->status = folder_create_file(folder, TEMPORARY_NAME, &writer->fd,
                                        &writer->error);
}

void segment_writer_release(SegmentWriter *writer)
{
    if (writer->fd >= 0) {
        close(writer->fd);
        unlinkat(writer->folder->fd, TEMPORARY_NAME, 0);
    }
    free(writer->part);
    buf_release(&writer->checksums);
    writer->part = NULL;
    writer->fd = -1;
}

static void write_at(SegmentWriter *writer, const uint8_t *bytes, size_t size,
                     uint64_t offset)
{
    while (size && writer->status == OK) {
        ssize_t written = pwrite(writer->fd, bytes, size, (off_t)offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            Status status = fail_errno(&writer->error,
                                       "cannot write '%s/" TEMPORARY_NAME "'",
                                       writer->folder->path);
            keep_failure(writer, status);
            return;
        }
        bytes += written;
        size -= (size_t)written;
        offset += (uint64_t)written;
    }
}

void segment_writer_begin(SegmentWriter *writer, SectionKind kind)
{
    writer->kind = kind;
    writer->has_section[kind] = true;
    writer->section_starts[kind] = writer->offset;
    writer->first_checksums[kind] = writer->checksums.size / sizeof(uint64_t);
}

static void end_part(SegmentWriter *writer)
{
    if (writer->part_size == 0) return;
    if (writer->kind != SECTION_CHECKSUMS) {
        buf_put_u64le(&writer->checksums,
                      hash_bytes(writer->part, writer->part_size));
    }
    write_at(writer, writer->part, writer->part_size,
             writer->offset - writer->part_size);
    writer->part_size = 0;
}

void segment_writer_put(SegmentWriter *writer, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    while (size && writer->status == OK) {
        size_t here = CHECKSUM_PART_BYTES - writer->part_size;
        if (here > size) here = size;
        memcpy(writer->part + writer->part_size, from, here);
        writer->part_size += here;
        writer->offset += here;
        from += here;
        size -= here;
        if (writer->part_size == CHECKSUM_PART_BYTES) end_part(writer);
    }
}

void segment_writer_put_spool(SegmentWriter *writer, const Spool *spool,
                              uint64_t offset, uint64_t size)
{
    enum { PIECE_BYTES = 1 << 16 };
    uint8_t buffer[PIECE_BYTES];
    while (size && writer->status == OK) {
        size_t limit = size < PIECE_BYTES ? (size_t)size : PIECE_BYTES;
        Span piece;
        Status status = spool_view(spool, offset, buffer, limit, &piece,
                                   &writer->error);
        if (status == OK && piece.size == 0) {
            status = fail(&writer->error, ERR_IO,
                          "temporary index data is damaged");
        }
        keep_failure(writer, status);
        if (status != OK) return;
        segment_writer_put(writer, piece.data, piece.size);
        offset += piece.size;
        size -= piece.size;
    }
}

void segment_writer_end(SegmentWriter *writer)
{
    uint8_t zeros[SECTION_PADDING + SECTION_ALIGNMENT] = {0};
    end_part(writer);
    SectionKind kind = writer->kind;
    writer->section_sizes[kind] = writer->offset - writer->section_starts[kind];
    uint64_t next = (writer->offset + SECTION_PADDING + SECTION_ALIGNMENT - 1) /
                    SECTION_ALIGNMENT * SECTION_ALIGNMENT;
    write_at(writer, zeros, (size_t)(next - writer->offset), writer->offset);
    writer->offset = next;
}

static void put_checksums(SegmentWriter *writer)
{
    segment_writer_begin(writer, SECTION_CHECKSUMS);
    segment_writer_put(writer, writer->checksums.data, writer->checksums.size);
    segment_writer_end(writer);
    if (writer->checksums.status != OK) {
        keep_failure(writer, fail_memory(&writer->error, "writing a segment"));
    }
}

static uint32_t put_table(const SegmentWriter *writer, uint8_t *header)
{
    uint32_t count = 0;
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        if (!writer->has_section[kind]) continue;
        uint8_t *entry = header + SEGMENT_TABLE_OFFSET +
                         (size_t)count++ * SEGMENT_TABLE_ENTRY_BYTES;
        put_u32le(entry + ENTRY_KIND, (uint32_t)kind);
        put_u64le(entry + ENTRY_OFFSET, writer->section_starts[kind]);
        put_u64le(entry + ENTRY_SIZE, writer->section_sizes[kind]);
        put_u64le(entry + ENTRY_FIRST_CHECKSUM, writer->first_checksums[kind]);
    }
    return count;
}

/* The file is named by the hash of its header. The header contains the hash of
 * all checksums, so the name depends on every byte. */
static uint64_t put_header(SegmentWriter *writer, const SegmentFacts *facts)
{
    uint8_t header[SEGMENT_HEADER_BYTES] = {0};
    memcpy(header + HEADER_MAGIC, SEGMENT_MAGIC, 8);
    put_u32le(header + HEADER_VERSION, SEGMENT_VERSION);
    put_u32le(header + HEADER_HEADER_BYTES, SEGMENT_HEADER_BYTES);
    put_u64le(header + HEADER_FILE_BYTES, writer->offset);
    put_u32le(header + HEADER_DOCUMENT_COUNT, facts->document_count);
    put_u32le(header + HEADER_NONEMPTY_COUNT, facts->nonempty_count);
    put_u64le(header + HEADER_TOKEN_COUNT, facts->token_count);
    put_u32le(header + HEADER_TERM_COUNT, facts->term_count);
    put_u64le(header + HEADER_POSTING_COUNT, facts->posting_count);
    put_u64le(header + HEADER_CHECKSUMS_CHECKSUM,
              hash_span(buf_span(&writer->checksums)));
    put_f32le(header + HEADER_K1, facts->k1);
    put_f32le(header + HEADER_B, facts->b);
    put_f32le(header + HEADER_AVERAGE_LENGTH, facts->average_length);
    put_u32le(header + HEADER_BITMAP_SHARE, facts->limits.bitmap_share);
    put_u32le(header + HEADER_BOUNDS_SHARE, facts->limits.bounds_share);
    put_u32le(header + HEADER_SHORT_LIMIT, facts->limits.short_limit);
    put_u32le(header + HEADER_PAIR_MIN_DF, facts->pair_min_df);
    put_u32le(header + HEADER_PAIR_WORDS, facts->pair_words);
    put_u32le(header + HEADER_PAIR_COUNT, facts->pair_count);
    put_u64le(header + HEADER_PAIR_POSTINGS, facts->pair_postings);
    memcpy(header + HEADER_NORM_CODES, facts->norm_codes,
           sizeof facts->norm_codes);
    put_u32le(header + HEADER_SECTION_COUNT, put_table(writer, header));
    uint64_t hash = hash_bytes(header, SEGMENT_CHECKSUM_OFFSET);
    put_u64le(header + SEGMENT_CHECKSUM_OFFSET, hash);
    write_at(writer, header, sizeof header, 0);
    return hash;
}

Status segment_writer_finish(SegmentWriter *writer, const SegmentFacts *facts,
                             char name[SEGMENT_NAME_BYTES], uint64_t *bytes,
                             Error *error)
{
    put_checksums(writer);
    uint64_t hash = put_header(writer, facts);
    if (writer->status != OK) {
        *error = writer->error;
        return writer->status;
    }
    snprintf(name, SEGMENT_NAME_BYTES, "%016" PRIx64 ".segment", hash);
    /* Synced first: a file under its final name is complete. */
    Status status = folder_place_file(writer->folder,
                                      (NewFile){writer->fd, TEMPORARY_NAME},
                                      name, writer->access, error);
    if (status != OK) return status;
    close(writer->fd);
    writer->fd = -1;
    *bytes = writer->offset;
    return OK;
}
