/* unpacker.c - the bytes of a source, decompressed if they are .gz or .zst. */
#include "common/input/byte_source.h"

#include "common/base/zip.h"

#include <inttypes.h>
#include <stdlib.h>
#define ZLIB_CONST /* makes next_in a pointer to const */
#include <zlib.h>

typedef enum Packing { PLAIN, GZIP, ZSTANDARD } Packing;

enum { GZIP_WINDOW_BITS = 15 + 16 }; /* 16 selects the gzip format */

struct Unpacker {
    ByteSource *source; /* borrowed */
    Packing packing;
    bool between;     /* between members or frames: the data may end here */
    bool is_followed; /* by something that is not compressed */
    z_stream gzip;
    ZipUnpacker *zstd;
};

enum { MAGIC_BYTES = 4 };

static Packing packing_of(Span start)
{
    static const uint8_t gzip[] = {0x1f, 0x8b, 0x08};
    static const uint8_t zstd[] = {0x28, 0xb5, 0x2f, 0xfd};
    static const uint8_t skippable[] = {0x2a, 0x4d, 0x18}; /* after 0x5? */
    if (start.size < MAGIC_BYTES) return PLAIN;
    if (!memcmp(start.data, gzip, sizeof gzip)) return GZIP;
    if (!memcmp(start.data, zstd, sizeof zstd)) return ZSTANDARD;
    bool may_skip = (start.data[0] & 0xf0) == 0x50 &&
                    !memcmp(start.data + 1, skippable, sizeof skippable);
    return may_skip ? ZSTANDARD : PLAIN;
}

static bool prepare(Unpacker *self)
{
    if (self->packing == GZIP)
        return inflateInit2(&self->gzip, GZIP_WINDOW_BITS) == Z_OK;
    if (self->packing == PLAIN) return true;
    self->zstd = zip_unpacker_new();
    return self->zstd;
}

Status unpacker_open(ByteSource *source, Unpacker **out, Error *error)
{
    *out = NULL;
    Status status = byte_source_peek(source, MAGIC_BYTES, error);
    if (status != OK) return status;
    Unpacker *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "opening an input");
    self->source = source;
    self->packing = packing_of(source->ahead);
    if (!prepare(self)) {
        unpacker_close(self);
        return fail_memory(error, "opening a compressed input");
    }
    *out = self;
    return OK;
}

static uint64_t packed_offset(const Unpacker *self)
{
    return self->source->read_bytes - self->source->ahead.size;
}

static Status fail_damaged(const Unpacker *self, const char *why, Error *error)
{
    return fail(error, ERR_IO,
                "%s: damaged compressed data at byte %" PRIu64 ": %s",
                self->source->name, packed_offset(self), why);
}

/* A gzip file may be padded with zeros, as on tapes. */
static Status skip_padding(ByteSource *source, Error *error)
{
    Status status;
    do {
        while (source->ahead.size && !*source->ahead.data)
            byte_source_take(source, 1);
        status = byte_source_peek(source, 1, error);
    } while (status == OK && source->ahead.size && !*source->ahead.data);
    return status;
}

/* Where a member or frame has ended: *more is whether another one begins. */
static Status begin_next(Unpacker *self, bool *more, Error *error)
{
    ByteSource *source = self->source;
    Status status = self->packing == GZIP ? skip_padding(source, error) : OK;
    if (status == OK) status = byte_source_peek(source, MAGIC_BYTES, error);
    if (status != OK) return status;
    *more = source->ahead.size > 0;
    if (!*more) return OK;
    bool is_cut = source->ahead.size < MAGIC_BYTES &&
                  *source->ahead.data == (self->packing == GZIP ? 0x1f : 0x28);
    self->is_followed = !is_cut && packing_of(source->ahead) != self->packing;
    if (!self->is_followed) return OK;
    return fail(error, ERR_IO,
                "%s: what follows the compressed data at byte %" PRIu64
                " is not compressed",
                source->name, packed_offset(self));
}

/* Decompresses some of the lookahead; the output may be empty. What comes
 * before damage is given out first: zlib fails again at the next step. */
static Status step_gzip(Unpacker *self, uint8_t *out, size_t room, size_t *got,
                        Error *error)
{
    Span *ahead = &self->source->ahead;
    size_t max = 1 << 30; /* zlib counts in unsigned int */
    uInt given = (uInt)(ahead->size < max ? ahead->size : max);
    self->gzip.next_in = ahead->data;
    self->gzip.avail_in = given;
    self->gzip.next_out = out;
    self->gzip.avail_out = (uInt)(room < max ? room : max);
    int result = inflate(&self->gzip, Z_NO_FLUSH);
    *got = (size_t)(self->gzip.next_out - out);
    byte_source_take(self->source, given - self->gzip.avail_in);
    if (result == Z_MEM_ERROR) return fail_memory(error, "unpacking gzip");
    if (result == Z_STREAM_END) self->between = true;
    if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR ||
        *got)
        return OK;
    return fail_damaged(
        self, self->gzip.msg ? self->gzip.msg : "invalid gzip data", error);
}

/* A block at a time: what a step unpacked before damage would be lost. */
static Status step_zstd(Unpacker *self, uint8_t *out, size_t room, size_t *got,
                        Error *error)
{
    Span left = self->source->ahead;
    size_t wanted = zip_unpack_wanted(self->zstd);
    if (left.size > wanted) left.size = wanted;
    size_t given = left.size;
    const char *why = zip_unpack_step(self->zstd, &left, out, room, got,
                                      &self->between);
    byte_source_take(self->source, given - left.size);
    return why ? fail_damaged(self, why, error) : OK;
}

static Status step(Unpacker *self, uint8_t *out, size_t room, size_t *got,
                   Error *error)
{
    bool more = true;
    Status status = self->between ? begin_next(self, &more, error) : OK;
    if (status != OK || !more) return status;
    if (self->packing == ZSTANDARD)
        return step_zstd(self, out, room, got, error);
    if (self->between) inflateReset(&self->gzip);
    self->between = false;
    return step_gzip(self, out, room, got, error);
}

Status unpacker_read(Unpacker *self, uint8_t *out, size_t room, size_t *got,
                     Error *error)
{
    *got = 0;
    ByteSource *source = self->source;
    if (self->packing == PLAIN)
        return byte_source_read(source, out, room, got, error);
    for (;;) {
        Status status = step(self, out, room, got, error);
        if (status != OK || *got) return status;
        if (source->ahead.size) continue;
        status = byte_source_peek(source, 1, error);
        if (status != OK) return status;
        if (source->ahead.size) continue;
        if (self->between) return OK;
        return fail(error, ERR_IO,
                    "%s: truncated compressed data: the file ends after "
                    "%" PRIu64 " bytes",
                    source->name, source->read_bytes);
    }
}

bool unpacker_is_complete(const Unpacker *unpacker)
{
    return unpacker->is_followed;
}

void unpacker_close(Unpacker *unpacker)
{
    if (!unpacker) return;
    if (unpacker->packing == GZIP) inflateEnd(&unpacker->gzip);
    zip_unpacker_free(unpacker->zstd);
    free(unpacker);
}
