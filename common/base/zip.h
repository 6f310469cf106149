/* zip.h - zstd: frames, dictionaries and streams; the only user of libzstd.
 *
 * Packing fails with a Status. What unpacks returns NULL, or zstd's words (a
 * static text) on why the bytes are damaged: its caller alone knows in which
 * file and where, and says so. One thread at a time.
 */
#ifndef QUERN_BASE_ZIP_H
#define QUERN_BASE_ZIP_H

#include "common/base/buf.h"
#include "common/base/span.h"
#include "common/base/status.h"

typedef struct ZipPacker ZipPacker;

/* The level is zstd's; the dictionary (or {0}) is copied. */
NODISCARD Status zip_packer_new(int level, Span dictionary, ZipPacker **out,
                                Error *error);
void zip_packer_free(ZipPacker *packer);

/* Appends one frame, which tells the size of its content. The same bytes for
 * the same level, dictionary and content. */
NODISCARD Status zip_pack(ZipPacker *packer, Span content, Buf *out,
                          Error *error);

/* Appends a dictionary of up to `limit` bytes, learned from `count` samples
 * that lie one behind the other; nothing where there is nothing to learn. */
NODISCARD Status zip_train(Span samples, const size_t *sizes, size_t count,
                           size_t limit, Buf *dictionary, Error *error);

typedef struct ZipUnpacker ZipUnpacker;

/* NULL without memory. */
ZipUnpacker *zip_unpacker_new(void);
void zip_unpacker_free(ZipUnpacker *unpacker);

/* Gives zip_unpack its dictionary, a copy; at most once. False if zstd refuses
 * it. */
NODISCARD bool zip_unpacker_learn(ZipUnpacker *unpacker, Span dictionary);

/* The size of a frame's content, believed only as far as zstd could have
 * packed so much into so little. False if the frame tells none. */
NODISCARD bool zip_content_size(Span frame, size_t *size);

/* Unpacks whole frames into `room` bytes at `out`. */
NODISCARD const char *zip_unpack(ZipUnpacker *unpacker, Span frame,
                                 uint8_t *out, size_t room, size_t *got);

/* Begins a stream of frames for zip_unpack_step with the learned dictionary and
 * windows of at most 128 MB. False without memory. */
NODISCARD bool zip_unpack_restart(ZipUnpacker *unpacker);

/* Unpacks a part of a stream of frames with windows of up to 2 GiB: removes
 * what it used from the front of *packed. *between says whether a frame has
 * just ended; a step without progress leaves it alone. */
NODISCARD const char *zip_unpack_step(ZipUnpacker *unpacker, Span *packed,
                                      uint8_t *out, size_t room, size_t *got,
                                      bool *between);

#endif
