/* bench_output.h - what bench prints on standard output. */
#ifndef QUERN_BENCH_BENCH_OUTPUT_H
#define QUERN_BENCH_BENCH_OUTPUT_H

#include "common/program/options.h"

/* Prints the text and empties it. */
NODISCARD Status bench_print(Buf *text, Error *error);

/* Answers --help, --version, --generate. */
NODISCARD Status bench_print_request(const Program *program,
                                     OptionRequest request, Error *error);

#endif
