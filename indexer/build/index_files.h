/* index_files.h - the files of an index folder, by their names; for
 * index_folder.c.
 */
#ifndef QUERN_BUILD_INDEX_FILES_H
#define QUERN_BUILD_INDEX_FILES_H

#include "common/base/folder.h"
#include "common/segment/manifest.h"

#define LOCK_NAME "LOCK"
#define MANIFEST_NAME "MANIFEST"
#define UNPUBLISHED_NAME "unpublished.tmp"

/* What is in a folder. */
typedef struct IndexFiles {
    bool foreign;     /* files that no writer of ours makes */
    bool manifest;    /* ours or not */
    bool unpublished; /* there has never been one */
    bool company;     /* files that are next to a MANIFEST of ours */
    size_t segments;  /* and the files next to them */
} IndexFiles;

NODISCARD Status index_files_look(const FolderHandle *folder, IndexFiles *files,
                                  Error *error);

/* Whether a file with this name may be one of an index. */
bool index_files_has(const char *name);

/* Lists all segments (at most `count`) and the files next to them in `old`. */
NODISCARD Status index_files_adopt(const FolderHandle *folder, size_t count,
                                   Manifest *old, Error *error);

/* Says, until index_files_unmark, that a folder has not had a MANIFEST yet:
 * what a writer leaves there when it is killed may be removed. Lasts. */
NODISCARD Status index_files_mark(const FolderHandle *folder, Error *error);
void index_files_unmark(const FolderHandle *folder);

/* Removes the files of an index that `live` does not list, except MANIFEST,
 * LOCK and the mark. */
void index_files_sweep(const FolderHandle *folder, const Manifest *live);

#endif
