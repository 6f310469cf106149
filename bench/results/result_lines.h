/* result_lines.h - writes results as JSON lines, and reads them.
 *
 * docs/bench-json.md is the format. Both go through one table of the types of
 * lines and their keys, so what one writes the other reads.
 */
#ifndef QUERN_RESULTS_RESULT_LINES_H
#define QUERN_RESULTS_RESULT_LINES_H

#include "bench/results/results.h"

#define RESULTS_FORMAT "quern-bench"
enum { RESULTS_VERSION = 1 };

/* Appends all lines. */
void results_put_lines(const Results *results, Buf *out);

/* Reads a file; "-" is not special. ERR_USAGE names the file and line of what
 * is not a result: no manifest, a reference to an engine that is not listed, a
 * pass with too few samples. A file without its last line (the run was killed)
 * reads as partial. *out is released by the caller, also on failure. */
NODISCARD Status results_read(const char *path, Results *out, Error *error);

/* The same from memory; `name` is for messages. */
NODISCARD Status results_parse(Span text, const char *name, Results *out,
                               Error *error);

#endif
