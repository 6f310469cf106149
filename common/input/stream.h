/* stream.h - text from a file, standard input or memory, record by record.
 *
 * What is packed (.gz, .zst) is unpacked; UTF-16 with a byte-order mark becomes
 * UTF-8; a UTF-8 mark is dropped. Otherwise bytes come as they are, clean or
 * not. What lies ahead is one run of bytes in memory, as long as the caller
 * asks for: a record is borrowed from it, not copied.
 *
 * Offsets count bytes of the unpacked text (of the UTF-8 text, where it was
 * UTF-16); lines count from 1. Errors begin with the source's name and a colon.
 * One thread at a time.
 */
#ifndef QUERN_INPUT_STREAM_H
#define QUERN_INPUT_STREAM_H

#include "common/base/span.h"
#include "common/base/status.h"

#include <stdbool.h>
#include <sys/stat.h>

typedef struct Stream Stream;

/* "-" is standard input. */
NODISCARD Status stream_open(const char *path, Stream **out, Error *error);

/* Takes the descriptor, also on failure; copies the name. */
NODISCARD Status stream_open_fd(int fd, const char *name, Stream **out,
                                Error *error);

/* Borrows the bytes until stream_close. */
NODISCARD Status stream_open_memory(Span bytes, const char *name, Stream **out,
                                    Error *error);

/* Of the open file; false for memory. */
bool stream_facts(const Stream *stream, struct stat *facts);

void stream_close(Stream *stream); /* NULL is fine */

/* What lies ahead: at least `wanted` bytes, fewer only if the input ends with
 * them. Borrowed until the next call that is given the stream. */
NODISCARD Status stream_peek(Stream *stream, size_t wanted, Span *out,
                             Error *error);

/* Goes on behind the first `size` bytes of what was peeked. */
void stream_skip(Stream *stream, size_t size);

/* One record: a line, a JSON value, a CSV row, a <DOC>. */
typedef struct StreamRecord {
    Span bytes;      /* borrowed until the next call; empty if too long */
    uint64_t line;   /* where it begins */
    uint64_t column; /* the same, in bytes of that line, from 1 */
    uint64_t offset; /* the same, in bytes of the source */
    bool too_long;   /* more than max_bytes: passed over, not kept */
} StreamRecord;

/* Says where the record that starts at bytes.data[0] ends: true with *end, the
 * first byte behind it, or false if more bytes are needed. The first `from`
 * bytes were already looked at in vain; `self` keeps what must be remembered of
 * them. Of a record that grows too long only the last STREAM_KEPT_BYTES of
 * them are still there. */
enum { STREAM_KEPT_BYTES = 16 };
typedef bool StreamRecordEnd(void *self, Span bytes, size_t from, size_t *end);

/* The next record; the end of the input ends it too. *found is false when
 * nothing is left. Memory is bounded by max_bytes, whatever comes. */
NODISCARD Status stream_record(Stream *stream, StreamRecordEnd *find_end,
                               void *self, uint64_t max_bytes,
                               StreamRecord *out, bool *found, Error *error);

/* The next line, without its LF or CR LF. */
NODISCARD Status stream_line(Stream *stream, uint64_t max_bytes,
                             StreamRecord *out, bool *found, Error *error);

const char *stream_name(const Stream *stream);
uint64_t stream_offset(const Stream *stream);
uint64_t stream_packed_bytes(const Stream *stream); /* read of the source */

/* Whether the file has become shorter since it was opened. */
bool stream_shrank(const Stream *stream);

/* Whether it is UTF-16, and not all of what was read is. */
bool stream_is_broken(const Stream *stream);

#endif
