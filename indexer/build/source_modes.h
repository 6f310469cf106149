/* source_modes.h - who may read the sources of an index, and so the index.
 *
 * A class of users (group, others) may read the new index only if all of it may
 * read every source file. Parent folders, ACLs and pipes are not considered.
 */
#ifndef QUERN_BUILD_SOURCE_MODES_H
#define QUERN_BUILD_SOURCE_MODES_H

#include "common/base/folder.h"

#include <limits.h>
#include <sys/stat.h>

typedef struct SourceModes {
    FileAccess most; /* what the index may get */
    mode_t lost;     /* 070, 007 or both: what some source denies */
    char
        first[PATH_MAX]; /* the first that denies some of `most`; empty: none */
} SourceModes;

void source_modes_init(SourceModes *modes, FileAccess most);

/* Ignores anything but regular files. */
void source_modes_add(SourceModes *modes, const char *name,
                      const struct stat *facts);

#endif
