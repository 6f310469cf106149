/* stream.c - text from a file, standard input or memory, record by record.
 *
 *     ByteSource ─▶ Unpacker ─▶ [Decoder] ─▶ data: | taken | ahead | room |
 *      raw bytes     plain,      from raw             start   end    capacity
 *                    gz, zst
 *
 * When there is no room after `end`, the lookahead is moved to the front over
 * the consumed bytes; the buffer grows only if a record does not fit.
 */
#include "common/input/stream.h"

#include "common/input/byte_source.h"
#include "common/input/decoder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    READ_BYTES = 128 * 1024, /* room asked for at a time: what zstd gives */
    FIRST_BYTES = 64         /* enough for a byte-order mark */
};

/* Bytes that are not converted yet. */
typedef struct RawBytes {
    uint8_t *data; /* owned */
    size_t start, end, capacity;
    bool at_end; /* of the input: nothing comes after them */
} RawBytes;

struct Stream {
    char *name; /* owned */
    ByteSource source;
    Unpacker *unpacker;
    bool at_end;
    const Encoding *encoding; /* NULL: not known */
    Decoder *decoder;         /* NULL: the text is UTF-8, valid or not */
    bool has_decoded;
    RawBytes raw;  /* with a decoder */
    uint8_t *data; /* owned */
    size_t start, end, capacity;
    uint64_t offset, line; /* of data[start] */
    uint64_t line_offset;  /* where that line begins */
    bool is_partial;       /* damage ends the text instead of failing */
    bool is_damaged;       /* so it did, as `damage` describes */
    Error damage;
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

/* Reads at most `room` bytes of the text as it was stored; *got is 0 at its
 * end. */
static Status unpack(Stream *stream, uint8_t *out, size_t room, size_t *got,
                     Error *error)
{
    *got = 0;
    if (stream->is_damaged) return OK;
    Status status = unpacker_read(stream->unpacker, out, room, got, error);
    if (status != ERR_IO || !stream->is_partial) return status;
    stream->is_damaged = true;
    stream->damage = *error;
    return OK;
}

/* Adds to the bytes that are left, which are an incomplete character. */
static Status fill_raw(Stream *stream, Error *error)
{
    RawBytes *raw = &stream->raw;
    size_t left = raw->end - raw->start, got;
    memmove(raw->data, raw->data + raw->start, left);
    raw->start = 0;
    raw->end = left;
    Status status = unpack(stream, raw->data + left, raw->capacity - left, &got,
                           error);
    if (status != OK) return status;
    raw->end += got;
    raw->at_end = got == 0;
    return OK;
}

/* A byte-order mark is not part of the text. */
static size_t drop_mark(Stream *stream, uint8_t *at, size_t size)
{
    bool is_first = !stream->has_decoded;
    stream->has_decoded = true;
    if (!is_first || size < 3 || memcmp(at, "\xef\xbb\xbf", 3) != 0)
        return size;
    memmove(at, at + 3, size - 3);
    return size - 3;
}

static Status read_decoded(Stream *stream, uint8_t *at, size_t *got,
                           Error *error)
{
    RawBytes *raw = &stream->raw;
    for (;;) {
        Span left = span_of(raw->data + raw->start, raw->end - raw->start);
        size_t size = decoder_put(stream->decoder, &left, raw->at_end, at,
                                  stream->capacity - stream->end);
        raw->start = raw->end - left.size;
        bool is_end = raw->at_end && !size;
        if (size) size = drop_mark(stream, at, size);
        *got = size;
        if (size || is_end) return OK;
        if (raw->at_end) continue;
        Status status = fill_raw(stream, error);
        if (status != OK) return status;
    }
}

/* Adds bytes after `end`, at least one unless the input ends. */
static Status fill(Stream *stream, Error *error)
{
    Status status = make_room(stream, error);
    if (status != OK) return status;
    uint8_t *at = stream->data + stream->end;
    size_t got = 0;
    status = stream->decoder
                 ? read_decoded(stream, at, &got, error)
                 : unpack(stream, at, stream->capacity - stream->end, &got,
                          error);
    if (status != OK) return status;
    stream->end += got;
    stream->at_end = got == 0;
    return OK;
}

/* What was read so far is to be decoded, without the mark of `mark` bytes. */
static Status start_decoding(Stream *stream, const Encoding *encoding,
                             size_t mark, Error *error)
{
    Decoder *decoder;
    Error reason;
    Status status = decoder_open(encoding, &decoder, &reason);
    if (status == ERR_UNSUPPORTED)
        return fail(error, status, "%s: %s", stream->name, reason.message);
    if (status != OK) return fail_memory(error, "opening an input");
    if (!stream->decoder) {
        stream->raw = (RawBytes){.data = stream->data,
                                 .end = stream->end,
                                 .capacity = stream->capacity,
                                 .at_end = stream->at_end};
        stream->data = NULL;
        stream->start = stream->end = stream->capacity = 0;
        stream->offset = stream->line_offset = 0;
    }
    decoder_close(stream->decoder);
    stream->decoder = decoder;
    stream->encoding = encoding;
    stream->raw.start = mark;
    stream->at_end = false;
    return make_room(stream, error);
}

/* The opposite. */
static void stop_decoding(Stream *stream)
{
    const RawBytes *raw = &stream->raw;
    if (!stream->decoder) return;
    decoder_close(stream->decoder);
    free(stream->data);
    stream->decoder = NULL;
    stream->data = raw->data;
    stream->end = raw->end;
    stream->capacity = raw->capacity;
    stream->start = 0;
    stream->raw = (RawBytes){0};
}

Status stream_decode(Stream *stream, const Encoding *encoding, Error *error)
{
    if (stream->encoding == encoding) return OK;
    if (encoding->kind == ENCODING_UTF8) {
        stop_decoding(stream);
        stream->encoding = encoding;
        return OK;
    }
    return start_decoding(stream, encoding, 0, error);
}

const Encoding *stream_encoding(const Stream *stream)
{
    return stream->encoding;
}

/* Detects a byte-order mark in the first bytes. */
static Status begin(Stream *stream, Error *error)
{
    size_t got = 1;
    Status status = make_room(stream, error);
    if (status != OK) return status;
    const uint8_t *data = stream->data;
    while (stream->end < FIRST_BYTES && got) {
        status = unpack(stream, stream->data + stream->end,
                        FIRST_BYTES - stream->end, &got, error);
        if (status != OK) return status;
        stream->end += got;
    }
    bool has_two = stream->end >= 2;
    if (has_two && !memcmp(data, "\xfe\xff", 2))
        return start_decoding(stream, encoding_of_kind(ENCODING_UTF16BE), 2,
                              error);
    if (has_two && !memcmp(data, "\xff\xfe", 2))
        return start_decoding(stream, encoding_of_kind(ENCODING_UTF16LE), 2,
                              error);
    if (stream->end < 3 || memcmp(data, "\xef\xbb\xbf", 3) != 0) return OK;
    stream->encoding = encoding_of_kind(ENCODING_UTF8);
    stream->start = stream->offset = stream->line_offset = 3;
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

static Status open_fd(int fd, const char *name, bool is_partial, Stream **out,
                      Error *error)
{
    *out = NULL;
    Stream *stream = new_stream(name);
    if (!stream) {
        close(fd);
        return fail_memory(error, "opening an input");
    }
    stream->is_partial = is_partial;
    Status status = byte_source_open_fd(fd, stream->name, &stream->source,
                                        error);
    return open_unpacked(stream, status, out, error);
}

Status stream_open_fd(int fd, const char *name, Stream **out, Error *error)
{
    return open_fd(fd, name, false, out, error);
}

/* "-" is standard input, for which the flags do not matter. */
static int open_path(const char *path, int flags)
{
    return strcmp(path, "-") != 0 ? open(path, O_RDONLY | O_CLOEXEC | flags)
                                  : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
}

static Status fail_open(const char *path, Error *error)
{
    return fail_errno(error, "%s: cannot open", path);
}

Status stream_open(const char *path, Stream **out, Error *error)
{
    *out = NULL;
    int fd = open_path(path, 0);
    return fd < 0 ? fail_open(path, error)
                  : open_fd(fd, path, false, out, error);
}

Status stream_open_partial(const char *path, int flags, Stream **out,
                           Error *error)
{
    *out = NULL;
    int fd = open_path(path, flags);
    return fd < 0 ? fail_open(path, error)
                  : open_fd(fd, path, true, out, error);
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
    decoder_close(stream->decoder);
    free(stream->raw.data);
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

uint64_t stream_text_bytes(const Stream *stream)
{
    return stream->offset + ahead(stream).size;
}

uint64_t stream_packed_bytes(const Stream *stream)
{
    return stream->source.read_bytes;
}

bool stream_shrank(const Stream *stream)
{
    return byte_source_shrank(&stream->source);
}

const char *stream_damage(const Stream *stream, bool *is_complete)
{
    *is_complete = stream->is_damaged && unpacker_is_complete(stream->unpacker);
    return stream->is_damaged ? stream->damage.message : NULL;
}

bool stream_is_broken(const Stream *stream)
{
    return stream->decoder && decoder_is_broken(stream->decoder);
}
