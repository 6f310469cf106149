/* folder.h - the files of one folder, reached through its descriptor.
 *
 * A folder is untrusted: no link in it is followed, only regular files are
 * opened, no call waits for a pipe, and writing always creates a new file. The
 * name of the folder is looked up once.
 */
#ifndef QUERN_BASE_FOLDER_H
#define QUERN_BASE_FOLDER_H

#include "common/base/file.h"

#include <dirent.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

typedef struct FolderHandle {
    int fd;           /* -1: not open */
    const char *path; /* borrowed: for messages */
} FolderHandle;

/* `follow`: whether path itself may be a link. */
NODISCARD Status folder_open(const char *path, bool follow, FolderHandle *out,
                             Error *error);
void folder_close(FolderHandle *folder); /* one that is not open is fine */

/* Whether a folder may be used that was found rather than named: it must not be
 * a link, and belong to this user, to root or to `trusted`. `facts` are from
 * lstat or fstat. ERR_CONFLICT says why not. */
NODISCARD Status folder_check_found(const char *path, const struct stat *facts,
                                    uid_t trusted, Error *error);

/* As readdir needs it, from the beginning; NULL with errno. closedir ends it.
 */
DIR *folder_entries(const FolderHandle *folder);

/* ERR_IO: a name in it is a link. */
Status folder_fail_link(const FolderHandle *folder, const char *name,
                        Error *error);

/* Whether something has the name, whatever it is. */
bool folder_has(const FolderHandle *folder, const char *name);

/* Whether the folder has been removed since it was opened. */
bool folder_is_gone(const FolderHandle *folder);

NODISCARD Status folder_map_file(const FolderHandle *folder, const char *name,
                                 FileMap *out, Error *error);

/* The whole of a small file; ERR_LIMIT if it has more than `limit` bytes. */
NODISCARD Status folder_read_file(const FolderHandle *folder, const char *name,
                                  size_t limit, Buf *out, Error *error);

/* A new file that only its owner may read, until folder_place_file; what had
 * the name is removed. */
NODISCARD Status folder_create_file(const FolderHandle *folder,
                                    const char *name, int *fd, Error *error);

typedef struct NewFile {
    int fd;
    const char *name;
} NewFile;

/* Who may read a file: the bits of its mode, and the group they are meant for.
 */
typedef struct FileAccess {
    mode_t mode;
    gid_t group;
} FileAccess;

/* Gives a new file its access, syncs it and renames it. */
NODISCARD Status folder_place_file(const FolderHandle *folder, NewFile file,
                                   const char *to, FileAccess access,
                                   Error *error);

/* So that renames in it last. */
NODISCARD Status folder_sync(const FolderHandle *folder, Error *error);

#endif
