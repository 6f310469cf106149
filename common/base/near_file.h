/* near_file.h - which file or folder somebody may have meant. */
#ifndef QUERN_BASE_NEAR_FILE_H
#define QUERN_BASE_NEAR_FILE_H

#include "common/base/buf.h"

#include <stdbool.h>

/* Puts the path of what lies beside `path`, has a name like its and fits (NULL:
 * anything does); nothing if there is none. Of equally near names the first in
 * byte order; hidden ones only for hidden ones. */
void near_file(const char *path, bool (*fits)(const char *path), Buf *out);

#endif
