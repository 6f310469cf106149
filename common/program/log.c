/* log.c - messages to the user, on stderr, with the program's name.
 *
 * The program's name, the level and the transient line are global; main sets
 * the first two before it starts threads, a lock guards the third. Without
 * memory for a message, it is truncated to a buffer on the stack: it is most
 * likely the one that reports this.
 */
#include "common/program/log.h"

#include "common/base/buf.h"
#include "common/base/file.h"
#include "common/base/plain_text.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_COLUMNS = 80 };

static const char *program_name = "quern";
static LogLevel current_level = LOG_NORMAL;

static pthread_mutex_t line_lock = PTHREAD_MUTEX_INITIALIZER;
static Buf transient; /* the line that is on the screen, if any */

void log_start(const char *program, LogLevel level)
{
    program_name = program;
    current_level = level;
}

LogLevel log_level(void)
{
    return current_level;
}

bool log_is_terminal(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb");
}

/* A failure cannot be reported anywhere. */
static void write_error_stream(Span text)
{
    (void)file_write_all(STDERR_FILENO, text);
}

/* Writes the bytes over the transient line and redraws that below them. */
static void write_message(Span text)
{
    static const char CLEAR_LINE[] = "\r\033[K";
    Buf out = {0};
    pthread_mutex_lock(&line_lock);
    if (transient.size) buf_put_text(&out, CLEAR_LINE);
    buf_put_span(&out, text);
    buf_put_span(&out, buf_span(&transient));
    write_error_stream(out.status == OK ? buf_span(&out) : text);
    pthread_mutex_unlock(&line_lock);
    buf_release(&out);
}

PRINTF_LIKE(2, 0)
static void put_formatted(Buf *out, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0) out->status = ERR_NO_MEMORY; /* longer than INT_MAX */
    char *at = length < 0 ? NULL : (char *)buf_reserve(out, (size_t)length + 1);
    if (!at) return;
    vsnprintf(at, (size_t)length + 1, format, arguments);
    out->size += (size_t)length;
}

/* Writes as much as fits into a buffer on the stack, printable ASCII only. */
PRINTF_LIKE(1, 0)
static void write_without_memory(const char *format, va_list arguments)
{
    char line[512];
    size_t size = (size_t)snprintf(line, sizeof line / 2, "%s: ", program_name);
    char *message = line + size;
    if (vsnprintf(message, sizeof line - size - 1, format, arguments) < 0)
        strcpy(message, "a message that is too long");
    for (; *message; message++)
        if (*message < ' ' || *message > '~') *message = '?';
    *message++ = '\n';
    *message = '\0';
    write_error_stream(span_text(line));
}

PRINTF_LIKE(2, 0)
static void log_line(const char *kind, const char *format, va_list arguments)
{
    Buf message = {0}, line = {0};
    va_list again;
    va_copy(again, arguments);
    put_formatted(&message, format, arguments);
    buf_printf(&line, "%s: %s", program_name, kind);
    put_visible(&line, buf_span(&message));
    buf_put_byte(&line, '\n');
    buf_keep_failure(&line, &message);
    if (line.status == OK) {
        write_message(buf_span(&line));
    } else {
        write_without_memory(format, again);
    }
    va_end(again);
    buf_release(&message);
    buf_release(&line);
}

void log_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_line("", format, arguments);
    va_end(arguments);
}

void log_warn(const char *format, ...)
{
    if (current_level < LOG_NORMAL) return;
    va_list arguments;
    va_start(arguments, format);
    log_line("warning: ", format, arguments);
    va_end(arguments);
}

void log_note(const char *format, ...)
{
    if (current_level < LOG_NORMAL) return;
    va_list arguments;
    va_start(arguments, format);
    log_line("", format, arguments);
    va_end(arguments);
}

void log_detail(const char *format, ...)
{
    if (current_level < LOG_VERBOSE) return;
    va_list arguments;
    va_start(arguments, format);
    log_line("", format, arguments);
    va_end(arguments);
}

void log_text(Span text)
{
    if (current_level >= LOG_NORMAL) write_message(text);
}

/* Lines must not wrap, since only the row of the cursor is cleared; some
 * terminals wrap in the last column. */
static size_t room_of_line(void)
{
    struct winsize size;
    bool known = !ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col;
    return known ? size.ws_col - 1u : DEFAULT_COLUMNS - 1u;
}

static Span cut_to_screen(const char *line)
{
    size_t size = strlen(line), room = room_of_line();
    return span_of(line, size < room ? size : room);
}

void log_transient(const char *line)
{
    if (current_level < LOG_NORMAL || !log_is_terminal()) return;
    Buf out = {0};
    pthread_mutex_lock(&line_lock);
    if (transient.size || line) buf_put_text(&out, "\r\033[K");
    buf_clear(&transient);
    if (line) buf_put_span(&transient, cut_to_screen(line));
    buf_put_span(&out, buf_span(&transient));
    write_error_stream(buf_span(&out));
    if (!line) buf_release(&transient);
    pthread_mutex_unlock(&line_lock);
    buf_release(&out);
}
