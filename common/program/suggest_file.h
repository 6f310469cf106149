/* suggest_file.h - suggests a file or folder for a misspelt name. */
#ifndef QUERN_PROGRAM_SUGGEST_FILE_H
#define QUERN_PROGRAM_SUGGEST_FILE_H

#include "common/base/buf.h"

#include <stdbool.h>

typedef bool FileFilter(const char *path);

/* Puts the path of the entry in the same folder that passes the filter and has
 * the most similar name (the first in byte order of several; a hidden one only
 * for a hidden name), else the only entry that passes. Without a filter (NULL)
 * only a similar name counts. Puts nothing if no entry counts. */
void suggest_file(const char *path, FileFilter *filter, Buf *out);

/* suggest_index.c: suggests an index for a misspelt folder. */

/* For a folder that is not an index: puts the path of the .quern in it, else of
 * the similar index that suggest_file finds. Puts nothing without one. */
void suggest_index(const char *folder, Buf *out);

#endif
