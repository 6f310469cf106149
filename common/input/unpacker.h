/* unpacker.h - the bytes of a source, unpacked if they are .gz or .zst.
 *
 * What they are is told by the first bytes, not by a name. Members of a .gz
 * and frames of a .zst follow one another; windows go up to 2^31 bytes.
 */
#ifndef QUERN_INPUT_UNPACKER_H
#define QUERN_INPUT_UNPACKER_H

#include "common/input/byte_source.h"

typedef struct Unpacker Unpacker;

/* Looks at the first bytes. Borrows the source until unpacker_close. */
NODISCARD Status unpacker_open(ByteSource *source, Unpacker **out,
                               Error *error);

/* At most `room` bytes; *got is 0 only at the end. ERR_IO if the packed data
 * are damaged or end too early: the message names the source and the place. */
NODISCARD Status unpacker_read(Unpacker *unpacker, uint8_t *out, size_t room,
                               size_t *got, Error *error);

void unpacker_close(Unpacker *unpacker); /* NULL is fine */

#endif
