/* byte_reader.c - numbers and bytes read forward from a source. */
#include "common/base/byte_reader.h"

#include <stdlib.h>

void byte_reader_init(ByteReader *reader, ByteReaderFill *fill, void *self)
{
    *reader = (ByteReader){.fill = fill, .self = self};
    reader->buffer = malloc(BYTE_READER_BUFFER_BYTES);
    reader->capacity = BYTE_READER_BUFFER_BYTES;
    reader->at = reader->end = reader->buffer;
    if (!reader->buffer) {
        reader->over = true;
        reader->status = fail_memory(&reader->error, "reading index data back");
    }
}

void byte_reader_release(ByteReader *reader)
{
    free(reader->buffer);
    *reader = (ByteReader){0};
}

Status spool_source_fill(void *self, uint8_t *out, size_t room, size_t *size,
                         Error *error)
{
    SpoolSource *source = self;
    uint64_t left = source->end - source->offset;
    *size = left < room ? (size_t)left : room;
    Status status = spool_read(source->spool, source->offset, out, *size,
                               error);
    source->offset += *size;
    return status;
}

static void keep_failure(ByteReader *reader, Status status)
{
    if (reader->status == OK) reader->status = status;
    reader->over = true;
    reader->at = reader->end;
}

void byte_reader_refill(ByteReader *reader)
{
    if (reader->over) return;
    size_t left = (size_t)(reader->end - reader->at);
    if (left) memmove(reader->buffer, reader->at, left);
    size_t size = 0;
    Error error;
    Status status = reader->fill(reader->self, reader->buffer + left,
                                 reader->capacity - left, &size, &error);
    reader->at = reader->buffer;
    reader->end = reader->buffer + left + size;
    if (status != OK) {
        reader->error = error;
        keep_failure(reader, status);
    }
    if (size == 0) reader->over = true;
}

bool byte_reader_has_more(ByteReader *reader)
{
    if (reader->at == reader->end) byte_reader_refill(reader);
    return reader->at < reader->end;
}

/* Temporary data of this process ended too early or is invalid. */
static void keep_damage(ByteReader *reader)
{
    if (reader->status != OK) return;
    keep_failure(reader, fail(&reader->error, ERR_IO,
                              "temporary index data is damaged"));
}

uint64_t byte_reader_number_slow(ByteReader *reader)
{
    /* Two bytes: mostly the difference of docids. */
    if (LIKELY(reader->end - reader->at >= 2 && reader->at[1] < 0x80)) {
        uint64_t low = reader->at[0] & 0x7f, high = reader->at[1];
        if (reader->at[0] < 0x80) {
            reader->at++;
            return low;
        }
        reader->at += 2;
        return high << 7 | low;
    }
    if (reader->end - reader->at < VARINT_MAX_BYTES) byte_reader_refill(reader);
    uint64_t number = 0;
    if (!varint_get(&reader->at, reader->end, &number)) keep_damage(reader);
    return number;
}

void byte_reader_bytes(ByteReader *reader, size_t size, Buf *out)
{
    while (size) {
        if (!byte_reader_has_more(reader)) {
            keep_damage(reader);
            return;
        }
        size_t here = (size_t)(reader->end - reader->at);
        if (here > size) here = size;
        buf_put(out, reader->at, here);
        reader->at += here;
        size -= here;
    }
    if (out->status != OK && reader->status == OK) {
        keep_failure(reader, fail_memory(&reader->error, "reading index data"));
    }
}

Status byte_reader_check(const ByteReader *reader, Error *error)
{
    if (reader->status != OK) *error = reader->error;
    return reader->status;
}
