/* status.c - filling in an Error. */
#include "common/base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static PRINTF_LIKE(2, 0) void write_message(Error *error, const char *format,
                                            va_list arguments)
{
    int length = vsnprintf(error->message, sizeof error->message, format,
                           arguments);
    if (length >= (int)sizeof error->message) {
        memcpy(error->message + sizeof error->message - 4, "...", 4);
    }
}

Status fail(Error *error, Status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    write_message(error, format, arguments);
    va_end(arguments);
    return status;
}

Status fail_errno(Error *error, const char *format, ...)
{
    int cause = errno;
    va_list arguments;
    va_start(arguments, format);
    error->status = ERR_IO;
    write_message(error, format, arguments);
    va_end(arguments);
    size_t used = strlen(error->message);
    snprintf(error->message + used, sizeof error->message - used, ": %s",
             strerror(cause));
    return ERR_IO;
}

Status fail_memory(Error *error, const char *what)
{
    return fail(error, ERR_NO_MEMORY, "out of memory while %s", what);
}
