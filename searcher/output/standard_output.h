/* standard_output.h - the only door to standard output.
 *
 * Text is built in a Buf and written as a whole. A reader that goes away ends
 * the program by SIGPIPE, without a word; a full disk is an error.
 */
#ifndef QUERN_OUTPUT_STANDARD_OUTPUT_H
#define QUERN_OUTPUT_STANDARD_OUTPUT_H

#include "common/base/buf.h"

/* Writes what the Buf holds and empties it; or its kept failure. */
NODISCARD Status output_write(Buf *buf, Error *error);

#endif
