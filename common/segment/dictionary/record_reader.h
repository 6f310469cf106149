/* record_reader.h - reads numbers from the record of a term or pair; `good` is
 * false once they run out or are out of range.
 */
#ifndef QUERN_DICTIONARY_RECORD_READER_H
#define QUERN_DICTIONARY_RECORD_READER_H

#include "common/base/varint.h"
#include "common/segment/segment.h"

typedef struct RecordReader {
    const uint8_t *at, *end;
    bool good;
} RecordReader;

/* A varint; `min` once the reader is not good. */
static inline uint64_t record_number(RecordReader *reader, uint64_t min,
                                     uint64_t max)
{
    uint64_t value = 0;
    if (!reader->good || !varint_get(&reader->at, reader->end, &value) ||
        value < min || value > max) {
        reader->good = false;
        return min;
    }
    return value;
}

/* `size` bytes, borrowed; zeros, at most 16, once the reader is not good. */
static inline const uint8_t *record_bytes(RecordReader *reader, size_t size)
{
    static const uint8_t nothing[16];
    if (!reader->good || (size_t)(reader->end - reader->at) < size) {
        reader->good = false;
        return nothing;
    }
    const uint8_t *bytes = reader->at;
    reader->at += size;
    return bytes;
}

/* The greatest number of positions a posting may have: no list of them fits
 * in more, and no sum of two positions overflows. */
static inline uint64_t record_max_tf(const Segment *segment)
{
    return segment->token_count < POSITION_LIMIT ? segment->token_count
                                                 : POSITION_LIMIT;
}

#endif
