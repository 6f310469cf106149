/* discovery.h - which index is meant by who only reads. */
#ifndef QUERN_PROGRAM_DISCOVERY_H
#define QUERN_PROGRAM_DISCOVERY_H

#include "common/base/buf.h"

#include <stdbool.h>

/* Puts the path of the index: `given` if not NULL, else QUERN_INDEX, else
 * .quern here or in the nearest folder above: then *found is true, and the path
 * absolute. ERR_IO says what was looked for, what may have been meant, what to
 * do; `way` is how the command line names an index, "-i DIR". One that is
 * damaged is found: opening it tells. */
NODISCARD Status index_discover(const char *given, const char *way, Buf *path,
                                bool *found, Error *error);

/* Puts the path of the .quern in the nearest folder above the current one, if
 * there is one. */
NODISCARD Status index_above(Buf *path, Error *error);

#endif
