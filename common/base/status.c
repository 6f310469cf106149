/* status.c - filling in an Error. */
#include "common/base/status.h"

#include "common/base/c_locale.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static PRINTF_LIKE(2, 0) void write_message(Error *error, const char *format,
                                            va_list arguments)
{
    char *message = error->message;
    size_t room = sizeof error->message;
    int length = vsnprintf(message, room, format, arguments);
    if (length < 0) { /* longer than INT_MAX */
        strcpy(message, "a message that is too long");
    } else if ((size_t)length >= room) {
        size_t end = room - sizeof "...";
        while (end && ((uint8_t)message[end] & 0xC0) == 0x80) end--;
        strcpy(message + end, "...");
    }
}

Status fail(Error *error, Status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    error->advice = ADVICE_NONE;
    write_message(error, format, arguments);
    va_end(arguments);
    return status;
}

Status fail_advising(Error *error, Status status, Advice advice,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    error->advice = advice;
    write_message(error, format, arguments);
    va_end(arguments);
    return status;
}

Status fail_again(Error *error, const char *format, ...)
{
    Error whole = *error;
    va_list arguments;
    va_start(arguments, format);
    write_message(&whole, format, arguments);
    va_end(arguments);
    *error = whole;
    return error->status;
}

Status fail_errno(Error *error, const char *format, ...)
{
    int cause = errno;
    va_list arguments;
    va_start(arguments, format);
    error->status = ERR_IO;
    error->advice = ADVICE_NONE;
    write_message(error, format, arguments);
    va_end(arguments);
    size_t used = strlen(error->message);
    snprintf(error->message + used, sizeof error->message - used, ": %s",
             c_locale_strerror(cause));
    return ERR_IO;
}

Status fail_memory(Error *error, const char *what)
{
    return fail(error, ERR_NO_MEMORY, "out of memory while %s", what);
}
