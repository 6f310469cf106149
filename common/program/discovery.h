/* discovery.h - finds the index to read. */
#ifndef QUERN_PROGRAM_DISCOVERY_H
#define QUERN_PROGRAM_DISCOVERY_H

#include "common/base/folder.h"

#include <stdbool.h>

/* Puts the path of the index: `given` if not NULL, else QUERN_INDEX, else the
 * .quern in the current folder or the nearest parent; only then *found is true,
 * and the path absolute. ERR_IO if none is found, with a suggestion if a name
 * is similar; `way` is how the command line names an index, "-i DIR". A .quern
 * that is found but may not be used (folder_check_found) is an error. A
 * damaged index is found too, and opening it fails. */
NODISCARD Status index_discover(const char *given, const char *way, Buf *path,
                                bool *found, Error *error);

/* The caller of sudo, which is also accepted as the owner of a .quern that is
 * found (folder_check_found); without sudo this user. */
uid_t discovery_trusted_owner(void);

/* Puts the path of the .quern in the nearest parent of the current folder, if
 * there is one. */
NODISCARD Status index_above(Buf *path, Error *error);

#endif
