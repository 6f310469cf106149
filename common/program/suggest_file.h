/* suggest_file.h - which file or folder somebody may have meant. */
#ifndef QUERN_PROGRAM_SUGGEST_FILE_H
#define QUERN_PROGRAM_SUGGEST_FILE_H

#include "common/base/buf.h"

#include <stdbool.h>

typedef bool FileFilter(const char *path);

/* Puts the path of what lies beside `path` and fits: what has a name like its
 * (of equally near names the first in byte order; hidden ones only for hidden
 * ones), else the only one that fits. With NULL anything fits that has a name
 * like its. Nothing if there is none. */
void suggest_file(const char *path, FileFilter *fits, Buf *out);

#endif
