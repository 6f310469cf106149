/* source_modes.h - who may read the sources of an index, and so the index.
 *
 * Of the new index a class of users (group, others) gets its bits only if all
 * of it may read every source file. Folders above, ACLs and what comes through
 * a pipe are not considered.
 */
#ifndef QUERN_BUILD_SOURCE_MODES_H
#define QUERN_BUILD_SOURCE_MODES_H

#include "common/base/folder.h"

#include <limits.h>
#include <sys/stat.h>

typedef struct SourceModes {
    FileAccess most;      /* what the index may get */
    mode_t lost;          /* 070, 007 or both: what some source takes away */
    char first[PATH_MAX]; /* the first that takes of `most`; empty: none */
} SourceModes;

void source_modes_init(SourceModes *modes, FileAccess most);

/* What is no regular file changes nothing. */
void source_modes_add(SourceModes *modes, const char *name,
                      const struct stat *facts);

#endif
