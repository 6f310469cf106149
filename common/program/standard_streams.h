/* standard_streams.h - standard input, output and error, open for sure.
 *
 * Where one of them is closed, the next file that is opened takes its number,
 * and messages would go into it. Programs call this first of all. A stream that
 * was closed is then one on which every read or write fails.
 */
#ifndef QUERN_PROGRAM_STANDARD_STREAMS_H
#define QUERN_PROGRAM_STANDARD_STREAMS_H

#include <stdbool.h>

/* False if there is no /dev/null to open: then nothing can be said either. */
bool standard_streams_open(void);

#endif
