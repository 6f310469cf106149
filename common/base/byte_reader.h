/* byte_reader.h - numbers and bytes read forward from a source.
 *
 * The source fills the reader's buffer: a part of a spool, or any function that
 * puts out bytes in order. So data reads the same from a file as from memory.
 * The first failure is kept: afterwards numbers are 0 and bytes are missing,
 * and the caller asks byte_reader_check before it relies on what it has read.
 */
#ifndef QUERN_BASE_BYTE_READER_H
#define QUERN_BASE_BYTE_READER_H

#include "common/base/spool.h"
#include "common/base/varint.h"

/* Puts up to `room` bytes at out; *size 0 at the end. */
typedef Status ByteReaderFill(void *self, uint8_t *out, size_t room,
                              size_t *size, Error *error);

typedef struct ByteReader {
    const uint8_t *at, *end; /* what is left in the buffer */
    uint8_t *buffer;         /* owned */
    size_t capacity;
    ByteReaderFill *fill;
    void *self; /* borrowed, of fill */
    bool over;  /* the source has no more */
    Status status;
    Error error;
} ByteReader;

enum { BYTE_READER_BUFFER_BYTES = 64 * 1024 };

void byte_reader_init(ByteReader *reader, ByteReaderFill *fill, void *self);
void byte_reader_release(ByteReader *reader); /* {0} is fine */

/* Part of a spool, as the source of a reader. */
typedef struct SpoolSource {
    const Spool *spool;
    uint64_t offset, end;
} SpoolSource;

Status spool_source_fill(void *self, uint8_t *out, size_t room, size_t *size,
                         Error *error);

/* Moves what is left to the front of the buffer and fills the rest. */
void byte_reader_refill(ByteReader *reader);

/* Whether there is anything left. */
bool byte_reader_has_more(ByteReader *reader);

uint64_t byte_reader_number_slow(ByteReader *reader);

static inline uint64_t byte_reader_number(ByteReader *reader)
{
    if (LIKELY(reader->at < reader->end && *reader->at < 0x80))
        return *reader->at++;
    return byte_reader_number_slow(reader);
}

/* Appends `size` bytes to out. */
void byte_reader_bytes(ByteReader *reader, size_t size, Buf *out);

/* OK or the first failure; a source that ended too early is one. */
NODISCARD Status byte_reader_check(const ByteReader *reader, Error *error);

#endif
