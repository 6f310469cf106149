/* discovery.h - finds the index to read. */
#ifndef QUERN_PROGRAM_DISCOVERY_H
#define QUERN_PROGRAM_DISCOVERY_H

#include "common/base/buf.h"

#include <stdbool.h>
#include <sys/stat.h>

/* Puts the path of the index: `given` if not NULL, else QUERN_INDEX, else the
 * .quern in the current folder or the nearest parent; only then *found is true,
 * and the path absolute. ERR_IO if none is found, with a suggestion if a name
 * is similar; `way` is how the command line names an index, "-i DIR". A .quern
 * that is found but may not be used (index_check_unnamed) is an error. A
 * damaged index is found too, and opening it fails. */
NODISCARD Status index_discover(const char *given, const char *way, Buf *path,
                                bool *found, Error *error);

/* Whether a .quern that nobody named may be used: it is not a link, and belongs
 * to the user, to root, or to the caller of sudo. `facts` are from lstat or
 * fstat; `way` is for the message, which says how to name it on purpose. */
NODISCARD Status index_check_unnamed(const char *path, const struct stat *facts,
                                     const char *way, Error *error);

/* Puts the path of the .quern in the nearest parent of the current folder, if
 * there is one. */
NODISCARD Status index_above(Buf *path, Error *error);

#endif
