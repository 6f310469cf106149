/* api_error.h - from the Status and Error of the rooms to those of the API.
 *
 * A function of the API has an Error of its own, calls the rooms with it and
 * returns `api_return(status, &own, error)`. quern_status has the numbers of
 * Status.
 */
#ifndef QUERN_API_API_ERROR_H
#define QUERN_API_API_ERROR_H

#include "common/base/span.h"
#include "common/base/status.h"

#include <quern/status.h>

/* The status for the caller; if it is not OK, copies the error to *error,
 * which may be NULL. */
quern_status api_return(Status status, const Error *own, quern_error *error);

/* QUERN_INVALID with a message; *error may be NULL. */
quern_status api_invalid(quern_error *error, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* QUERN_NO_MEMORY: "out of memory while WHAT"; *error may be NULL. */
quern_status api_no_memory(quern_error *error, const char *what);

quern_advice api_advice(Advice advice);

/* Copies the caller's options over the defaults in *own. Both begin with
 * struct_size; own_size is what this version knows and min_size what the first
 * one knew. QUERN_INVALID if struct_size is smaller or absurd;
 * QUERN_UNSUPPORTED if the caller set a member that this version does not know.
 * `given` may be NULL. */
static ALWAYS_INLINE quern_status api_take_options(void *own, size_t own_size,
                                                   size_t min_size,
                                                   const void *given,
                                                   const char *name,
                                                   quern_error *error);

/* For options of another size than own_size. */
quern_status api_take_other_options(void *own, size_t own_size, size_t min_size,
                                    const void *given, const char *name,
                                    quern_error *error);

/* Inline, so that copying options of the usual size is a few moves. */
static ALWAYS_INLINE quern_status api_take_options(void *own, size_t own_size,
                                                   size_t min_size,
                                                   const void *given,
                                                   const char *name,
                                                   quern_error *error)
{
    size_t size;
    if (!given) return QUERN_OK;
    memcpy(&size, given, sizeof size);
    if (size != own_size)
        return api_take_other_options(own, own_size, min_size, given, name,
                                      error);
    memcpy(own, given, own_size);
    return QUERN_OK;
}

static inline Span api_span(quern_string string)
{
    return span_of(string.data, string.size);
}

static inline quern_string api_string(Span span)
{
    return (quern_string){(const char *)span.data, span.size};
}

/* Whether the string can be read: it has an address or is empty. */
static inline bool api_is_string(quern_string string)
{
    return string.data || string.size == 0;
}

#endif
