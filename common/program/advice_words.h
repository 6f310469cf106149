/* advice_words.h - what to do about a failure, in options of the command line.
 */
#ifndef QUERN_PROGRAM_ADVICE_WORDS_H
#define QUERN_PROGRAM_ADVICE_WORDS_H

#include "common/base/buf.h"

/* "use --force to replace it, or -o to name another folder"; empty for
 * ADVICE_NONE. */
const char *advice_words(Advice advice);

/* Puts "; " and the words, if there is an advice. */
void put_advice(Buf *out, Advice advice);

/* Prints the message of an error and its advice (log_error). */
void log_failure(const Error *error);

#endif
