/* status.h - how a cold function says that it failed, and why.
 *
 * `Status` tells the code what to do, `Error` tells the person. The function
 * that knows the facts (file, line, offset, query id) writes the message with
 * fail(); those above return the status untouched; main prints the message.
 * A message says what failed, where, why, and what to do, in one line without
 * the program's name and without a full stop.
 */
#ifndef QUERN_BASE_STATUS_H
#define QUERN_BASE_STATUS_H

#include "common/base/compiler.h"

typedef enum Status {
    OK = 0,
    ERR_NO_MEMORY,
    ERR_IO,          /* the operating system refused */
    ERR_CORRUPT,     /* bytes of an index that cannot be what we wrote */
    ERR_UNSUPPORTED, /* well-formed, but not for this version or index */
    ERR_LIMIT,       /* larger than a stated limit */
    ERR_USAGE,       /* what the user asked for makes no sense */
    ERR_CONFLICT,    /* in the way: an index, a lock, an id given twice */
    ERR_INTERRUPTED  /* Ctrl-C */
} Status;

enum { ERROR_MESSAGE_BYTES = 1024 };

/* Never NULL as an argument. Valid only after a function returned not OK. */
typedef struct Error {
    Status status;
    char message[ERROR_MESSAGE_BYTES]; /* cut with "..." if longer */
} Error;

/* Fills *error and returns status, so that `return fail(...)` reads well. */
Status fail(Error *error, Status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The same as ERR_IO, with ": " and the text of errno behind the message. */
Status fail_errno(Error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/* ERR_NO_MEMORY while doing `what`. */
Status fail_memory(Error *error, const char *what);

#endif
