/* program_output.h - how programs print on a stream: text as a whole. */
#ifndef QUERN_PROGRAM_PROGRAM_OUTPUT_H
#define QUERN_PROGRAM_PROGRAM_OUTPUT_H

#include "common/program/options.h"

#include "common/base/buf.h"

#include <stdio.h>

/* Writes the text, flushes the stream and empties the text. */
NODISCARD Status program_print(Buf *text, FILE *out, Error *error);

/* Answers --help, --version, --generate on standard output. */
NODISCARD Status program_print_answer(const Program *program,
                                      OptionRequest request, Error *error);

#endif
