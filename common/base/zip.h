/* zip.h - zstd: frames, dictionaries and streams; the only user of libzstd.
 *
 * Compression fails with a Status. Decompression returns NULL, or zstd's
 * message (a static string) on why the bytes are damaged: only the caller
 * knows the file and offset to report. Not thread-safe.
 */
#ifndef QUERN_BASE_ZIP_H
#define QUERN_BASE_ZIP_H

#include "common/base/buf.h"
#include "common/base/span.h"
#include "common/base/status.h"

typedef struct ZipPacker ZipPacker;

/* `level` is zstd's; the dictionary (or {0}) is copied. */
NODISCARD Status zip_packer_new(int level, Span dictionary, ZipPacker **out,
                                Error *error);
void zip_packer_free(ZipPacker *packer);

/* Appends one frame with its content size in the header. Deterministic for the
 * same level, dictionary and content. */
NODISCARD Status zip_pack(ZipPacker *packer, Span content, Buf *out,
                          Error *error);

/* Appends a dictionary of up to `limit` bytes, trained on `count` adjacent
 * samples; appends nothing if zstd cannot train on them. */
NODISCARD Status zip_train(Span samples, const size_t *sizes, size_t count,
                           size_t limit, Buf *dictionary, Error *error);

typedef struct ZipUnpacker ZipUnpacker;

/* NULL if out of memory. */
ZipUnpacker *zip_unpacker_new(void);
void zip_unpacker_free(ZipUnpacker *unpacker);

/* Sets the dictionary of zip_unpack, which is copied; at most once. False if
 * zstd rejects it. */
NODISCARD bool zip_unpacker_learn(ZipUnpacker *unpacker, Span dictionary);

/* The content size in a frame's header. False if it is missing, or if it is
 * more than zstd can compress into a frame of this size. */
NODISCARD bool zip_content_size(Span frame, size_t *size);

/* Decompresses whole frames into `room` bytes at `out`. */
NODISCARD const char *zip_unpack(ZipUnpacker *unpacker, Span frame,
                                 uint8_t *out, size_t room, size_t *got);

/* Begins a stream of frames for zip_unpack_step with the learned dictionary and
 * windows of at most 128 MB. False without memory. */
NODISCARD bool zip_unpack_restart(ZipUnpacker *unpacker);

/* How many bytes the next step needs to go on, at most to the end of a block;
 * one that gets no more decompresses at most one block. */
size_t zip_unpack_wanted(const ZipUnpacker *unpacker);

/* Decompresses the next piece of a stream of frames with windows of up to
 * 2 GiB; removes the bytes it used from the front of *packed. *between is true
 * if a frame has just ended; a step without progress leaves it unchanged. */
NODISCARD const char *zip_unpack_step(ZipUnpacker *unpacker, Span *packed,
                                      uint8_t *out, size_t room, size_t *got,
                                      bool *between);

#endif
