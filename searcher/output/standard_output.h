/* standard_output.h - the only file that writes to standard output.
 *
 * Text is built in a Buf and written as a whole. A closed pipe ends the program
 * by SIGPIPE, silently; a full disk is an error.
 */
#ifndef QUERN_OUTPUT_STANDARD_OUTPUT_H
#define QUERN_OUTPUT_STANDARD_OUTPUT_H

#include "common/base/buf.h"

/* Writes the content of the Buf and empties it; or reports its failure. */
NODISCARD Status output_write(Buf *buf, Error *error);

#endif
