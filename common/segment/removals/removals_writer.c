/* removals_writer.c - writes the file of a segment's removed documents. */
#include "common/segment/removals/removals_writer.h"

#include "common/base/hash.h"
#include "common/segment/removals/removal_layout.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

void removals_writer_init(RemovalsWriter *writer, const Segment *segment)
{
    *writer = (RemovalsWriter){.segment = segment};
}

static void release_table(RemovalTableWriter *table)
{
    buf_release(&table->starts);
    buf_release(&table->firsts);
    buf_release(&table->entries);
}

void removals_writer_release(RemovalsWriter *writer)
{
    release_table(&writer->terms);
    release_table(&writer->pairs);
}

static void put_number(RemovalTableWriter *table, uint32_t number)
{
    assert(table->count == 0 || number > table->last);
    if (table->count++ % REMOVALS_GROUP_ENTRIES == 0) {
        buf_put_u64le(&table->starts, table->entries.size);
        buf_put_u32le(&table->firsts, number);
    } else {
        buf_put_varint(&table->entries, number - table->last - 1);
    }
    table->last = number;
}

void removals_writer_put_term(RemovalsWriter *writer, uint32_t number,
                              TermRemoval removal)
{
    assert(removal.df > 0 && removal.tf >= removal.df);
    put_number(&writer->terms, number);
    buf_put_varint(&writer->terms.entries, removal.df - 1);
    buf_put_varint(&writer->terms.entries, removal.tf - removal.df);
}

void removals_writer_put_pair(RemovalsWriter *writer, uint32_t number,
                              uint32_t df)
{
    assert(df > 0);
    put_number(&writer->pairs, number);
    buf_put_varint(&writer->pairs.entries, df - 1);
}

/* The bits of the documents and zeros; returns how many are live. */
static uint32_t put_live(Buf *out, const uint64_t *live,
                         uint32_t document_count)
{
    uint32_t count = 0;
    uint64_t words = removals_live_words(document_count);
    for (uint64_t i = 0; i < words; i++) {
        uint64_t first = 64 * i;
        uint64_t bits = first < document_count ? live[i] : 0;
        if (first < document_count && document_count - first < 64)
            bits &= (UINT64_C(1) << (document_count - first)) - 1;
        count += (uint32_t)__builtin_popcountll(bits);
        buf_put_u64le(out, bits);
    }
    return count;
}

/* Returns its size. */
static uint64_t put_table(Buf *out, const RemovalTableWriter *table)
{
    size_t start = out->size;
    buf_put_span(out, buf_span(&table->starts));
    buf_put_u64le(out, table->entries.size);
    buf_put_span(out, buf_span(&table->firsts));
    buf_put_span(out, buf_span(&table->entries));
    buf_put_zeros(out, (8 - (out->size - start) % 8) % 8);
    buf_keep_failure(out, &table->starts);
    buf_keep_failure(out, &table->firsts);
    buf_keep_failure(out, &table->entries);
    return out->size - start;
}

/* The whole file; returns the checksum of its header. */
static uint64_t put_file(const RemovalsWriter *writer,
                         const RemovedDocuments *removed, Buf *out)
{
    const Segment *segment = writer->segment;
    buf_put_zeros(out, REMOVALS_HEADER_BYTES);
    uint32_t live = put_live(out, removed->live, segment->document_count);
    uint64_t term_bytes = put_table(out, &writer->terms);
    uint64_t pair_bytes = put_table(out, &writer->pairs);
    if (out->status != OK) return 0;
    assert(live > 0 && live < segment->document_count);
    uint8_t *header = out->data;
    memcpy(header + REMOVALS_HEADER_MAGIC, REMOVALS_MAGIC, 8);
    put_u32le(header + REMOVALS_HEADER_VERSION, REMOVALS_VERSION);
    put_u32le(header + REMOVALS_HEADER_HEADER_BYTES, REMOVALS_HEADER_BYTES);
    put_u64le(header + REMOVALS_HEADER_FILE_BYTES, out->size);
    put_u64le(header + REMOVALS_HEADER_SEGMENT,
              get_u64le(segment->file.bytes.data + SEGMENT_CHECKSUM_OFFSET));
    put_u32le(header + REMOVALS_HEADER_DOCUMENT_COUNT, segment->document_count);
    put_u32le(header + REMOVALS_HEADER_REMOVED_COUNT,
              segment->document_count - live);
    put_u32le(header + REMOVALS_HEADER_REMOVED_NONEMPTY, removed->nonempty);
    put_u32le(header + REMOVALS_HEADER_TERM_COUNT, writer->terms.count);
    put_u64le(header + REMOVALS_HEADER_REMOVED_TOKENS, removed->tokens);
    put_u32le(header + REMOVALS_HEADER_PAIR_COUNT, writer->pairs.count);
    put_u64le(header + REMOVALS_HEADER_TERM_BYTES, term_bytes);
    put_u64le(header + REMOVALS_HEADER_PAIR_BYTES, pair_bytes);
    put_u64le(header + REMOVALS_HEADER_CONTENT_CHECKSUM,
              hash_bytes(header + REMOVALS_HEADER_BYTES,
                         out->size - REMOVALS_HEADER_BYTES));
    uint64_t hash = hash_bytes(header, REMOVALS_CHECKSUM_OFFSET);
    put_u64le(header + REMOVALS_CHECKSUM_OFFSET, hash);
    return hash;
}

static Status write_file(const FolderHandle *folder, FileAccess access,
                         Span bytes, const char *name, Error *error)
{
    int fd;
    Status status = folder_create_file(folder, REMOVALS_TEMPORARY_NAME, &fd,
                                       error);
    if (status != OK) return status;
    if (!file_write_all(fd, bytes)) {
        status = fail_errno(error,
                            "cannot write '%s/" REMOVALS_TEMPORARY_NAME "'",
                            folder->path);
    }
    if (status == OK) {
        status = folder_place_file(folder,
                                   (NewFile){fd, REMOVALS_TEMPORARY_NAME}, name,
                                   access, error);
    }
    close(fd);
    if (status != OK) unlinkat(folder->fd, REMOVALS_TEMPORARY_NAME, 0);
    return status;
}

Status removals_writer_finish(RemovalsWriter *writer,
                              const RemovedDocuments *removed,
                              const FolderHandle *folder, FileAccess access,
                              char name[REMOVALS_NAME_BYTES], uint64_t *bytes,
                              Error *error)
{
    Buf file = {0};
    uint64_t hash = put_file(writer, removed, &file);
    Status status = buf_check(&file, "writing removed documents", error);
    snprintf(name, REMOVALS_NAME_BYTES, "%016" PRIx64 ".removed", hash);
    *bytes = file.size;
    if (status == OK)
        status = write_file(folder, access, buf_span(&file), name, error);
    buf_release(&file);
    return status;
}
