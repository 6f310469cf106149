/* decoder.h - text in any encoding to UTF-8, piece by piece.
 *
 * Bytes that are invalid in the encoding become U+FFFD. Not thread-safe.
 */
#ifndef QUERN_INPUT_DECODER_H
#define QUERN_INPUT_DECODER_H

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/input/encoding.h"

typedef struct Decoder Decoder;

/* Not for UTF-8. ERR_UNSUPPORTED if libc does not have the encoding. */
NODISCARD Status decoder_open(const Encoding *encoding, Decoder **out,
                              Error *error);

/* Converts bytes from the front of *bytes to `out`, which has `room` for at
 * least DECODER_MIN_ROOM, and returns how many were written; as many as fit. An
 * incomplete character is left in *bytes, unless they are the last: then it is
 * replaced. All are converted if this returns 0 for the last bytes. */
enum { DECODER_MIN_ROOM = 64 };
size_t decoder_put(Decoder *decoder, Span *bytes, bool are_last, uint8_t *out,
                   size_t room);

/* Whether something was replaced so far. */
bool decoder_is_broken(const Decoder *decoder);

void decoder_close(Decoder *decoder); /* NULL is fine */

/* Puts the text of all bytes; *is_broken: something was replaced. */
NODISCARD Status encoding_put_text(Buf *out, const Encoding *encoding,
                                   Span bytes, bool *is_broken, Error *error);

#endif
