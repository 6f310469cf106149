/* status.h - error codes and error messages.
 *
 * `Status` is for the code, `Error` for the user. The function that knows the
 * facts (file, line, offset, query id) writes the message with fail(); its
 * callers return the status unchanged; main prints the message. A message is
 * one line that says what failed, where and why, without the program's name and
 * without a full stop; `advice` says what to do.
 */
#ifndef QUERN_BASE_STATUS_H
#define QUERN_BASE_STATUS_H

#include "common/base/advice.h"
#include "common/base/compiler.h"

typedef enum Status {
    OK = 0,
    ERR_NO_MEMORY,
    ERR_IO,          /* the operating system refused */
    ERR_CORRUPT,     /* damaged index data */
    ERR_UNSUPPORTED, /* well-formed, but not for this version or index */
    ERR_LIMIT,       /* above a documented limit */
    ERR_USAGE,       /* invalid option, argument or input */
    ERR_CONFLICT,    /* an existing index, a lock, a duplicate id */
    ERR_INTERRUPTED  /* Ctrl-C */
} Status;

enum { ERROR_MESSAGE_BYTES = 1024 };

/* Arguments of this type are never NULL. Valid only after a function returned
 * anything but OK. */
typedef struct Error {
    Status status;
    Advice advice;
    char message[ERROR_MESSAGE_BYTES]; /* truncated with "..." if longer */
} Error;

/* Fills *error and returns `status`, for `return fail(...)`. */
Status fail(Error *error, Status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The same with an advice. */
Status fail_advising(Error *error, Status status, Advice advice,
                     const char *format, ...) PRINTF_LIKE(4, 5);

/* The same with ERR_IO; appends ": " and the text of errno. */
Status fail_errno(Error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/* Replaces the message of an error, which may be an argument of the format;
 * status and advice stay. Returns the status. */
Status fail_again(Error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/* ERR_NO_MEMORY with the message "out of memory while WHAT". */
Status fail_memory(Error *error, const char *what);

#endif
