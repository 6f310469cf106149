/* stream.c - text from a file, standard input or memory, record by record.
 *
 *     ByteSource ─▶ Unpacker ─▶ [UTF-16] ─▶ data: | taken | ahead | room |
 *      raw bytes     plain,                          start   end    capacity
 *                    gz, zst
 *
 * When there is no room after `end`, the lookahead is moved to the front over
 * the consumed bytes; the buffer grows only if a record does not fit.
 */
#include "common/input/stream.h"

#include "common/input/byte_source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    READ_BYTES = 128 * 1024, /* room asked for at a time: what zstd gives */
    UTF16_PIECE_BYTES = READ_BYTES / 4,
    FIRST_BYTES = 64 /* enough for a byte-order mark */
};

struct Stream {
    char *name; /* owned */
    ByteSource source;
    Unpacker *unpacker;
    bool is_utf16, at_end;
    Utf16 utf16;
    uint8_t *data; /* owned */
    size_t start, end, capacity;
    uint64_t offset, line; /* of data[start] */
    uint64_t line_offset;  /* where that line begins */
};

static Span ahead(const Stream *stream)
{
    return span_of(stream->data + stream->start, stream->end - stream->start);
}

/* Makes at least READ_BYTES of room after `end`. */
static Status make_room(Stream *stream, Error *error)
{
    if (stream->capacity - stream->end >= READ_BYTES) return OK;
    size_t size = stream->end - stream->start;
    if (stream->start) {
        memmove(stream->data, stream->data + stream->start, size);
        stream->start = 0;
        stream->end = size;
    }
    if (stream->capacity - size >= READ_BYTES) return OK;
    size_t capacity = stream->capacity * 2 + 2 * READ_BYTES;
    uint8_t *data = realloc(stream->data, capacity);
    if (!data) return fail_memory(error, "reading a long record");
    stream->data = data;
    stream->capacity = capacity;
    return OK;
}

_Static_assert(UTF16_PIECE_BYTES / 2 * 3 + 8 <= READ_BYTES,
               "a piece of UTF-16 must fit as UTF-8");

static Status read_utf16(Stream *stream, uint8_t *at, size_t *got, Error *error)
{
    uint8_t piece[UTF16_PIECE_BYTES];
    size_t size;
    uint8_t *end = at;
    while (end == at) { /* a piece may be half a unit */
        Status status = unpacker_read(stream->unpacker, piece, sizeof piece,
                                      &size, error);
        if (status != OK) return status;
        if (size == 0) {
            end = utf16_finish(&stream->utf16, at);
            break;
        }
        end = utf16_put(&stream->utf16, span_of(piece, size), at);
    }
    *got = (size_t)(end - at);
    return OK;
}

/* Adds bytes after `end`, at least one unless the input ends. */
static Status fill(Stream *stream, Error *error)
{
    Status status = make_room(stream, error);
    if (status != OK) return status;
    uint8_t *at = stream->data + stream->end;
    size_t got = 0;
    status = stream->is_utf16
                 ? read_utf16(stream, at, &got, error)
                 : unpacker_read(stream->unpacker, at,
                                 stream->capacity - stream->end, &got, error);
    if (status != OK) return status;
    stream->end += got;
    stream->at_end = got == 0;
    return OK;
}

/* Detects a byte-order mark in the first bytes. */
static Status begin(Stream *stream, Error *error)
{
    uint8_t piece[FIRST_BYTES];
    size_t size = 0, got = 1;
    while (size < sizeof piece && got) {
        Status status = unpacker_read(stream->unpacker, piece + size,
                                      sizeof piece - size, &got, error);
        if (status != OK) return status;
        size += got;
    }
    Status status = make_room(stream, error);
    if (status != OK) return status;
    bool big_endian = size >= 2 && !memcmp(piece, "\xfe\xff", 2);
    stream->is_utf16 = big_endian ||
                       (size >= 2 && !memcmp(piece, "\xff\xfe", 2));
    stream->utf16.big_endian = big_endian;
    bool marked = size >= 3 && !memcmp(piece, "\xef\xbb\xbf", 3);
    size_t mark = stream->is_utf16 ? 2 : marked ? 3 : 0;
    Span text = span_of(piece + mark, size - mark);
    if (stream->is_utf16) {
        uint8_t *end = utf16_put(&stream->utf16, text, stream->data);
        stream->end = (size_t)(end - stream->data);
    } else {
        memcpy(stream->data, text.data, text.size);
        stream->end = text.size;
        stream->offset = stream->line_offset = mark;
    }
    return OK;
}

/* Finishes opening a stream whose source was opened with `status`; closes it on
 * failure. */
static Status open_unpacked(Stream *stream, Status status, Stream **out,
                            Error *error)
{
    if (status == OK)
        status = unpacker_open(&stream->source, &stream->unpacker, error);
    if (status == OK) status = begin(stream, error);
    if (status == OK) {
        *out = stream;
    } else {
        stream_close(stream);
    }
    return status;
}

/* Allocates a stream with a name and no source. */
static Stream *new_stream(const char *name)
{
    Stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    stream->source.fd = -1;
    stream->line = 1;
    stream->name = malloc(strlen(name) + 1);
    if (!stream->name) {
        free(stream);
        return NULL;
    }
    memcpy(stream->name, name, strlen(name) + 1);
    return stream;
}

bool stream_facts(const Stream *stream, struct stat *facts)
{
    return stream->source.fd >= 0 && fstat(stream->source.fd, facts) == 0;
}

Status stream_open_fd(int fd, const char *name, Stream **out, Error *error)
{
    *out = NULL;
    Stream *stream = new_stream(name);
    if (!stream) {
        close(fd);
        return fail_memory(error, "opening an input");
    }
    Status status = byte_source_open_fd(fd, stream->name, &stream->source,
                                        error);
    return open_unpacked(stream, status, out, error);
}

Status stream_open(const char *path, Stream **out, Error *error)
{
    *out = NULL;
    bool standard_input = !strcmp(path, "-");
    int fd = standard_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                            : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail_errno(error, "%s: cannot open", path);
    return stream_open_fd(fd, path, out, error);
}

Status stream_open_memory(Span bytes, const char *name, Stream **out,
                          Error *error)
{
    *out = NULL;
    Stream *stream = new_stream(name);
    if (!stream) return fail_memory(error, "opening an input");
    byte_source_open_memory(bytes, stream->name, &stream->source);
    return open_unpacked(stream, OK, out, error);
}

void stream_close(Stream *stream)
{
    if (!stream) return;
    unpacker_close(stream->unpacker);
    byte_source_close(&stream->source);
    free(stream->data);
    free(stream->name);
    free(stream);
}

Status stream_peek(Stream *stream, size_t wanted, Span *out, Error *error)
{
    *out = (Span){0};
    while (ahead(stream).size < wanted && !stream->at_end) {
        Status status = fill(stream, error);
        if (status != OK) return status;
    }
    *out = ahead(stream);
    return OK;
}

void stream_skip(Stream *stream, size_t size)
{
    const uint8_t *start = stream->data + stream->start;
    const uint8_t *at = start, *end = start + size;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        at++;
        stream->line++;
        stream->line_offset = stream->offset + (size_t)(at - start);
    }
    stream->offset += size;
    stream->start += size;
}

Status stream_record(Stream *stream, StreamRecordEnd *find_end, void *self,
                     uint64_t max_bytes, StreamRecord *out, bool *found,
                     Error *error)
{
    *found = false;
    *out = (StreamRecord){.line = stream->line,
                          .column = stream->offset - stream->line_offset + 1,
                          .offset = stream->offset};
    size_t from = 0, end = 0;
    while (!find_end(self, ahead(stream), from, &end)) {
        from = end = ahead(stream).size;
        if (stream->at_end) break;
        if (from > max_bytes && from > STREAM_KEPT_BYTES) {
            out->too_long = true;
            stream_skip(stream, from - STREAM_KEPT_BYTES);
            from = STREAM_KEPT_BYTES;
        }
        Status status = fill(stream, error);
        if (status != OK) return status;
    }
    out->too_long = out->too_long || end > max_bytes;
    *found = out->too_long || end > 0;
    if (!out->too_long) out->bytes = span_of(ahead(stream).data, end);
    stream_skip(stream, end);
    return OK;
}

static bool find_line_end(void *self, Span bytes, size_t from, size_t *end)
{
    (void)self;
    if (from == bytes.size) return false;
    const uint8_t *at = memchr(bytes.data + from, '\n', bytes.size - from);
    if (at) *end = (size_t)(at - bytes.data) + 1;
    return at != NULL;
}

Status stream_line(Stream *stream, uint64_t max_bytes, StreamRecord *out,
                   bool *found, Error *error)
{
    Status status = stream_record(stream, find_line_end, NULL, max_bytes, out,
                                  found, error);
    Span *line = &out->bytes;
    if (line->size && line->data[line->size - 1] == '\n') {
        line->size--;
        if (line->size && line->data[line->size - 1] == '\r') line->size--;
    }
    return status;
}

const char *stream_name(const Stream *stream)
{
    return stream->name;
}

uint64_t stream_offset(const Stream *stream)
{
    return stream->offset;
}

uint64_t stream_packed_bytes(const Stream *stream)
{
    return stream->source.read_bytes;
}

bool stream_shrank(const Stream *stream)
{
    return byte_source_shrank(&stream->source);
}

bool stream_is_broken(const Stream *stream)
{
    return stream->utf16.is_broken;
}
