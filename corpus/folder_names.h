/* folder_names.h - the names in a folder, in byte order; private to corpus/. */
#ifndef QUERN_CORPUS_FOLDER_NAMES_H
#define QUERN_CORPUS_FOLDER_NAMES_H

#include "common/base/buf.h"

#include <stdbool.h>
#include <sys/types.h>

typedef enum EntryKind {
    ENTRY_UNKNOWN, /* the file system does not say it with the name */
    ENTRY_FILE,
    ENTRY_FOLDER,
    ENTRY_LINK,
    ENTRY_OTHER
} EntryKind;

EntryKind entry_kind_of(mode_t mode);

/* Start with {0}. */
typedef struct FolderNames {
    Buf bytes;     /* of each its kind, the name, a zero */
    char **sorted; /* owned, into bytes */
    size_t count, next;
    bool has_ignore, has_gitignore; /* .ignore and .gitignore */
    bool has_git;                   /* .git, which is not among the names */
} FolderNames;

/* ERR_IO with errno's words alone. */
NODISCARD Status folder_names_read(FolderNames *names, const char *path,
                                   Error *error);

/* The next one, borrowed until folder_names_release; NULL after the last. */
const char *folder_names_next(FolderNames *names, EntryKind *kind);

void folder_names_release(FolderNames *names);

#endif
