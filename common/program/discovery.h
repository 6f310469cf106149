/* discovery.h - which index is meant by who only reads. */
#ifndef QUERN_PROGRAM_DISCOVERY_H
#define QUERN_PROGRAM_DISCOVERY_H

#include "common/base/buf.h"

#include <stdbool.h>
#include <sys/stat.h>

/* Puts the path of the index: `given` if not NULL, else QUERN_INDEX, else
 * .quern here or in the nearest folder above: then *found is true, and the path
 * absolute. ERR_IO says what was looked for, what may have been meant, what to
 * do; `way` is how the command line names an index, "-i DIR". A .quern that is
 * found but may not be used (index_check_unnamed) is an error. One that is
 * damaged is found: opening it tells. */
NODISCARD Status index_discover(const char *given, const char *way, Buf *path,
                                bool *found, Error *error);

/* Whether a .quern that nobody named may be used: it is no link, and belongs to
 * the user, to root or to who called sudo. `facts` are lstat's or fstat's; ways
 * to name it on purpose are for the message. */
NODISCARD Status index_check_unnamed(const char *path, const struct stat *facts,
                                     const char *way, Error *error);

/* Puts the path of the .quern in the nearest folder above the current one, if
 * there is one. */
NODISCARD Status index_above(Buf *path, Error *error);

#endif
