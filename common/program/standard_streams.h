/* standard_streams.h - makes sure that the standard streams are open.
 *
 * If one is closed, the next file that is opened gets its descriptor, and
 * messages would be written into that file. Programs call this first. Reads and
 * writes on a stream that was closed then fail.
 */
#ifndef QUERN_PROGRAM_STANDARD_STREAMS_H
#define QUERN_PROGRAM_STANDARD_STREAMS_H

#include <stdbool.h>

/* False if /dev/null cannot be opened; then no message can be printed. */
bool standard_streams_open(void);

#endif
