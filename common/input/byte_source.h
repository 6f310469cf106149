/* byte_source.h - the raw bytes of a file, a pipe or memory.
 *
 * Read, never mapped: it may be a pipe, or a file that shrinks meanwhile.
 */
#ifndef QUERN_INPUT_BYTE_SOURCE_H
#define QUERN_INPUT_BYTE_SOURCE_H

#include "common/base/span.h"
#include "common/base/status.h"

#include <stdbool.h>
#include <sys/types.h>

typedef struct ByteSource {
    const char *name; /* for messages; borrowed */
    int fd;           /* owned; -1 for memory */
    uint8_t *buffer;  /* owned; NULL for memory */
    Span ahead;       /* read but not yet consumed */
    uint64_t read_bytes;
    off_t file_size; /* when opened; 0 if it is not a file */
    bool at_end;     /* `ahead` is the rest of the input */
} ByteSource;

/* Takes ownership of the descriptor, also on failure. */
NODISCARD Status byte_source_open_fd(int fd, const char *name, ByteSource *out,
                                     Error *error);

/* Borrows the bytes. */
void byte_source_open_memory(Span bytes, const char *name, ByteSource *out);

/* Fills `ahead` to at least `wanted` bytes, fewer only at the end; `wanted` is
 * at most BYTE_SOURCE_LOOKAHEAD. */
enum { BYTE_SOURCE_LOOKAHEAD = 64 };
NODISCARD Status byte_source_peek(ByteSource *source, size_t wanted,
                                  Error *error);

/* Consumes at most `room` bytes; *got is 0 only at the end. */
NODISCARD Status byte_source_read(ByteSource *source, uint8_t *out, size_t room,
                                  size_t *got, Error *error);

/* Consumes bytes from the front of `ahead`. */
static inline void byte_source_take(ByteSource *source, size_t size)
{
    source->ahead.data += size;
    source->ahead.size -= size;
}

/* Whether the file has become shorter since it was opened. */
bool byte_source_shrank(const ByteSource *source);

void byte_source_close(ByteSource *source);

/* unpacker.c: the bytes of a source, decompressed if they are .gz or .zst.  The
 * format is detected by the first bytes, not by the name. A .gz may have
 * several members and a .zst several frames; windows are up to 2^31 bytes. */

typedef struct Unpacker Unpacker;

/* Detects the format. Borrows the source until unpacker_close. */
NODISCARD Status unpacker_open(ByteSource *source, Unpacker **out,
                               Error *error);

/* At most `room` bytes; *got is 0 only at the end. ERR_IO if the compressed
 * data is damaged or truncated, or followed by something else, after all that
 * comes before; the message names the source and the offset. */
NODISCARD Status unpacker_read(Unpacker *unpacker, uint8_t *out, size_t room,
                               size_t *got, Error *error);

/* After a failure: whether the compressed data was complete, and only followed
 * by something else. */
bool unpacker_is_complete(const Unpacker *unpacker);

void unpacker_close(Unpacker *unpacker); /* NULL is fine */

#endif
