/* stream.h - text from a file, standard input or memory, record by record.
 *
 * Compressed input (.gz, .zst) is decompressed; UTF-16 with a byte-order mark
 * is converted to UTF-8; a UTF-8 mark is dropped. Other bytes are unchanged,
 * invalid UTF-8 too, unless stream_decode names an encoding. The lookahead is
 * contiguous in memory and as long as the caller asks for: a record is borrowed
 * from it, not copied.
 *
 * Offsets count bytes of the decompressed text (of its UTF-8 form, if it was
 * converted); lines count from 1. Errors begin with the source's name and a
 * colon. Not thread-safe.
 */
#ifndef QUERN_INPUT_STREAM_H
#define QUERN_INPUT_STREAM_H

#include "common/base/span.h"
#include "common/base/status.h"
#include "common/input/encoding.h"

#include <stdbool.h>
#include <sys/stat.h>

typedef struct Stream Stream;

/* "-" is standard input. */
NODISCARD Status stream_open(const char *path, Stream **out, Error *error);

/* The same for a source that may be damaged: where it cannot be read or
 * decompressed any further, the text ends, and stream_damage is why. The flags
 * are added to those of open(). */
NODISCARD Status stream_open_partial(const char *path, int flags, Stream **out,
                                     Error *error);

/* Takes ownership of the descriptor, also on failure; copies the name. */
NODISCARD Status stream_open_fd(int fd, const char *name, Stream **out,
                                Error *error);

/* Borrows the bytes until stream_close. */
NODISCARD Status stream_open_memory(Span bytes, const char *name, Stream **out,
                                    Error *error);

/* Converts the text from this encoding. Only before anything is consumed, and
 * of UTF-16 with a mark even before anything is looked at; other text that was
 * looked at is looked at again, converted. A byte-order mark does not matter
 * any more, except that one of this encoding is dropped. */
NODISCARD Status stream_decode(Stream *stream, const Encoding *encoding,
                               Error *error);

/* The encoding that a mark or stream_decode has set; NULL: none. */
const Encoding *stream_encoding(const Stream *stream);

/* Of the open file; false for memory. */
bool stream_facts(const Stream *stream, struct stat *facts);

void stream_close(Stream *stream); /* NULL is fine */

/* The lookahead: at least `wanted` bytes, fewer only at the end of the input.
 * Borrowed until the next call on the stream. */
NODISCARD Status stream_peek(Stream *stream, size_t wanted, Span *out,
                             Error *error);

/* Consumes the first `size` bytes of the lookahead. */
void stream_skip(Stream *stream, size_t size);

/* One record: a line, a JSON value, a CSV row, a <DOC>. */
typedef struct StreamRecord {
    Span bytes;      /* borrowed until the next call; empty if too long */
    uint64_t line;   /* of its first byte */
    uint64_t column; /* of its first byte, in bytes, from 1 */
    uint64_t offset; /* of its first byte in the text */
    bool too_long;   /* more than max_bytes: skipped */
} StreamRecord;

/* Finds the end of the record that starts at bytes.data[0]: true with *end, the
 * offset after it, or false if more bytes are needed. The first `from` bytes
 * were scanned by earlier calls; `self` keeps the state. Of a record that is
 * too long only the last STREAM_KEPT_BYTES of them are still there. */
enum { STREAM_KEPT_BYTES = 16 };
typedef bool StreamRecordEnd(void *self, Span bytes, size_t from, size_t *end);

/* The next record; the end of the input ends it too. *found is false at the
 * end. Memory is bounded by max_bytes. */
NODISCARD Status stream_record(Stream *stream, StreamRecordEnd *find_end,
                               void *self, uint64_t max_bytes,
                               StreamRecord *out, bool *found, Error *error);

/* The next line, without its LF or CR LF. */
NODISCARD Status stream_line(Stream *stream, uint64_t max_bytes,
                             StreamRecord *out, bool *found, Error *error);

const char *stream_name(const Stream *stream);
uint64_t stream_offset(const Stream *stream);
uint64_t
stream_text_bytes(const Stream *stream); /* up to the lookahead's end */
uint64_t stream_packed_bytes(const Stream *stream); /* read from the source */

/* Whether the file has become shorter since it was opened. */
bool stream_shrank(const Stream *stream);

/* Why the text of a partial stream ended before its source did, as a message of
 * an error; NULL if it did not (yet). *is_complete: nothing is missing of the
 * compressed data, but something else follows it. */
const char *stream_damage(const Stream *stream, bool *is_complete);

/* Whether it is converted, and invalid bytes were replaced so far. */
bool stream_is_broken(const Stream *stream);

#endif
