/* log.h - messages to the person, on stderr, with the program's name.
 *
 * The only door to stderr: a line is written as a whole, so that messages of
 * several threads never mix, and a progress line gives way to them. Messages
 * say what, where, why, what to do, in one line without a full stop. Control
 * characters in them, which names and ids bring, are written \xhh byte by byte
 * (put_visible): they neither end the line nor reach the terminal.
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

/* Call once at the start of main; `program` must live on. */
void log_start(const char *program, LogLevel level);

LogLevel log_level(void);

void log_error(const char *format, ...) PRINTF_LIKE(1, 2);  /* always */
void log_warn(const char *format, ...) PRINTF_LIKE(1, 2);   /* not with -q */
void log_note(const char *format, ...) PRINTF_LIKE(1, 2);   /* not with -q */
void log_detail(const char *format, ...) PRINTF_LIKE(1, 2); /* with -v only */

/* Bytes as they are, without the name: usage, tables. What of it comes from
 * outside must be visible already. Not with -q. */
void log_text(Span text);

/* Whether stderr is a terminal that can redraw a line. */
bool log_is_terminal(void);

/* Shows one line of ASCII that the next call or message replaces, on terminals
 * only, cut to their width; NULL takes it away. For progress.c. */
void log_transient(const char *line);

#endif
