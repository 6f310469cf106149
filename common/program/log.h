/* log.h - messages to the user, on stderr, with the program's name.
 *
 * All output to stderr goes through here. A line is written as a whole, so that
 * messages of several threads never mix, and a progress line is redrawn after
 * it. A message is one line that says what, where, why, and what to do, without
 * a full stop. Control characters, which names and ids may contain, and those
 * that change the direction of text are written as \xHH byte by byte: they
 * neither end the line nor reach the terminal.
 * Thread-safe after log_start.
 */
#ifndef QUERN_PROGRAM_LOG_H
#define QUERN_PROGRAM_LOG_H

#include "common/base/compiler.h"
#include "common/base/span.h"

#include <stdbool.h>

typedef enum LogLevel {
    LOG_QUIET, /* -q: errors only */
    LOG_NORMAL,
    LOG_VERBOSE /* -v */
} LogLevel;

/* Call once at the start of main; `program` is borrowed for good. */
void log_start(const char *program, LogLevel level);

LogLevel log_level(void);

void log_error(const char *format, ...) PRINTF_LIKE(1, 2);  /* always */
void log_warn(const char *format, ...) PRINTF_LIKE(1, 2);   /* not with -q */
void log_note(const char *format, ...) PRINTF_LIKE(1, 2);   /* not with -q */
void log_detail(const char *format, ...) PRINTF_LIKE(1, 2); /* with -v only */

/* Writes the bytes unchanged, without the name: usage, tables. Untrusted text
 * in it must have been made visible already. Not with -q. */
void log_text(Span text);

/* Whether stderr is a terminal that can redraw a line. */
bool log_is_terminal(void);

/* Shows a line of ASCII that the next call replaces, on terminals only,
 * truncated to their width; NULL removes it. For progress.c. */
void log_transient(const char *line);

#endif
