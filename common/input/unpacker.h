/* unpacker.h - the bytes of a source, decompressed if they are .gz or .zst.
 *
 * The format is detected by the first bytes, not by the name. A .gz may have
 * several members and a .zst several frames; windows are up to 2^31 bytes.
 */
#ifndef QUERN_INPUT_UNPACKER_H
#define QUERN_INPUT_UNPACKER_H

#include "common/input/byte_source.h"

typedef struct Unpacker Unpacker;

/* Detects the format. Borrows the source until unpacker_close. */
NODISCARD Status unpacker_open(ByteSource *source, Unpacker **out,
                               Error *error);

/* At most `room` bytes; *got is 0 only at the end. ERR_IO if the compressed
 * data is damaged or truncated; the message names the source and the offset. */
NODISCARD Status unpacker_read(Unpacker *unpacker, uint8_t *out, size_t room,
                               size_t *got, Error *error);

void unpacker_close(Unpacker *unpacker); /* NULL is fine */

#endif
