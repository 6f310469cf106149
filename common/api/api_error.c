/* api_error.c - from the Status and Error of the rooms to those of the API. */
#include "common/api/api_error.h"

#include <stdarg.h>
#include <stdio.h>

_Static_assert((int)QUERN_OK == (int)OK, "equal numbers");
_Static_assert((int)QUERN_NO_MEMORY == (int)ERR_NO_MEMORY, "equal numbers");
_Static_assert((int)QUERN_IO == (int)ERR_IO, "equal numbers");
_Static_assert((int)QUERN_CORRUPT == (int)ERR_CORRUPT, "equal numbers");
_Static_assert((int)QUERN_UNSUPPORTED == (int)ERR_UNSUPPORTED, "equal numbers");
_Static_assert((int)QUERN_LIMIT == (int)ERR_LIMIT, "equal numbers");
_Static_assert((int)QUERN_INVALID == (int)ERR_USAGE, "equal numbers");
_Static_assert((int)QUERN_CONFLICT == (int)ERR_CONFLICT, "equal numbers");
_Static_assert((int)QUERN_CANCELLED == (int)ERR_INTERRUPTED, "equal numbers");
_Static_assert((int)QUERN_ERROR_MESSAGE_BYTES == (int)ERROR_MESSAGE_BYTES,
               "equal sizes");

/* A table, because the numbers of the API never change. */
static const quern_advice ADVICES[] = {
    [ADVICE_NONE] = QUERN_ADVICE_NONE,
    [ADVICE_REPLACE_INDEX] = QUERN_ADVICE_REPLACE_INDEX,
    [ADVICE_OTHER_FOLDER] = QUERN_ADVICE_OTHER_FOLDER,
    [ADVICE_WAIT_FOR_OTHER] = QUERN_ADVICE_WAIT_FOR_OTHER,
    [ADVICE_REMOVE_FILE] = QUERN_ADVICE_REMOVE_FILE,
    [ADVICE_NAME_FOLDER] = QUERN_ADVICE_NAME_FOLDER,
    [ADVICE_READ_RECORDS] = QUERN_ADVICE_READ_RECORDS,
    [ADVICE_PLAIN_TEXT] = QUERN_ADVICE_PLAIN_TEXT,
    [ADVICE_HIDDEN] = QUERN_ADVICE_HIDDEN,
    [ADVICE_HEADER] = QUERN_ADVICE_HEADER,
    [ADVICE_HEADER_YES] = QUERN_ADVICE_HEADER_YES,
    [ADVICE_NAME_COLUMNS] = QUERN_ADVICE_NAME_COLUMNS,
    [ADVICE_NAME_FIELDS] = QUERN_ADVICE_NAME_FIELDS,
    [ADVICE_ENCODING] = QUERN_ADVICE_ENCODING,
    [ADVICE_RAISE_MAX_RECORD] = QUERN_ADVICE_RAISE_MAX_RECORD,
    [ADVICE_RAISE_MAX_ERRORS] = QUERN_ADVICE_RAISE_MAX_ERRORS,
    [ADVICE_RAISE_MAX_EXPANSIONS] = QUERN_ADVICE_RAISE_MAX_EXPANSIONS,
    [ADVICE_ALLOW_SKIPS] = QUERN_ADVICE_ALLOW_SKIPS,
    [ADVICE_ALLOW_DUPLICATES] = QUERN_ADVICE_ALLOW_DUPLICATES,
    [ADVICE_SPLIT_INPUT] = QUERN_ADVICE_SPLIT_INPUT,
    [ADVICE_LESS_MEMORY] = QUERN_ADVICE_LESS_MEMORY,
    [ADVICE_FEWER_THREADS] = QUERN_ADVICE_FEWER_THREADS,
    [ADVICE_STORE_LESS] = QUERN_ADVICE_STORE_LESS,
    [ADVICE_MORE_SEGMENTS] = QUERN_ADVICE_MORE_SEGMENTS,
    [ADVICE_UPGRADE_INDEX] = QUERN_ADVICE_UPGRADE_INDEX,
    [ADVICE_TAKE_BINARY] = QUERN_ADVICE_TAKE_BINARY,
    [ADVICE_NO_IGNORE] = QUERN_ADVICE_NO_IGNORE,
    [ADVICE_FOLLOW] = QUERN_ADVICE_FOLLOW,
    [ADVICE_RAISE_MAX_FILESIZE] = QUERN_ADVICE_RAISE_MAX_FILE_BYTES};

_Static_assert(sizeof ADVICES / sizeof *ADVICES == ADVICE_COUNT,
               "an advice for each");

quern_advice api_advice(Advice advice)
{
    return ADVICES[advice];
}

quern_status api_return(Status status, const Error *own, quern_error *error)
{
    if (status != OK && error) {
        error->status = (quern_status)status;
        error->advice = api_advice(own->advice);
        memcpy(error->message, own->message, sizeof error->message);
    }
    return (quern_status)status;
}

quern_status api_invalid(quern_error *error, const char *format, ...)
{
    if (!error) return QUERN_INVALID;
    va_list arguments;
    va_start(arguments, format);
    error->status = QUERN_INVALID;
    error->advice = QUERN_ADVICE_NONE;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return QUERN_INVALID;
}

quern_status api_no_memory(quern_error *error, const char *what)
{
    Error own;
    return api_return(fail_memory(&own, what), &own, error);
}

/* No version will have more; a larger number is no size. */
enum { MAX_OPTIONS_BYTES = 4096 };

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i]) return false;
    }
    return true;
}

quern_status api_take_other_options(void *own, size_t own_size, size_t min_size,
                                    const void *given, const char *name,
                                    quern_error *error)
{
    size_t size;
    memcpy(&size, given, sizeof size);
    if (size < min_size || size > MAX_OPTIONS_BYTES) {
        return api_invalid(error,
                           "%s: struct_size is %zu, not %zu; "
                           "initialize it with its macro",
                           name, size, own_size);
    }
    if (size > own_size &&
        !is_zero((const unsigned char *)given + own_size, size - own_size)) {
        Error failure;
        return api_return(fail(&failure, ERR_UNSUPPORTED,
                               "%s: has members that libquern %s does not "
                               "know; use a newer library",
                               name, quern_version()),
                          &failure, error);
    }
    memcpy(own, given, size < own_size ? size : own_size);
    return QUERN_OK;
}
