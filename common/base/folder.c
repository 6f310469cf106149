/* folder.c - the files of one folder, reached through its descriptor. */
#include "common/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

Status folder_open(const char *path, bool follow, FolderHandle *out,
                   Error *error)
{
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
    *out = (FolderHandle){.fd = open(path, flags), .path = path};
    if (out->fd >= 0) return OK;
    return fail_errno(error, "cannot open folder '%s'", path);
}

void folder_close(FolderHandle *folder)
{
    if (folder->fd >= 0) close(folder->fd);
    folder->fd = -1;
}

Status folder_check_found(const char *path, const struct stat *facts,
                          uid_t trusted, Error *error)
{
    uid_t owner = facts->st_uid;
    if (S_ISLNK(facts->st_mode))
        return fail(error, ERR_CONFLICT,
                    "'%s' is a link, which is not followed unless it is named",
                    path);
    if (owner == geteuid() || owner == 0 || owner == trusted) return OK;
    char room[1024];
    struct passwd entry, *user = NULL;
    getpwuid_r(owner, &entry, room, sizeof room, &user);
    return fail(error, ERR_CONFLICT,
                "'%s' belongs to %s (user %lu), not to you, and may be unsafe",
                path, user ? user->pw_name : "another user",
                (unsigned long)owner);
}

DIR *folder_entries(const FolderHandle *folder)
{
    int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (fd >= 0 && !entries) close(fd);
    return entries;
}

bool folder_has(const FolderHandle *folder, const char *name)
{
    struct stat facts;
    return !fstatat(folder->fd, name, &facts, AT_SYMLINK_NOFOLLOW);
}

bool folder_is_gone(const FolderHandle *folder)
{
    struct stat facts;
    return folder->fd >= 0 && !fstat(folder->fd, &facts) && facts.st_nlink == 0;
}

Status folder_fail_link(const FolderHandle *folder, const char *name,
                        Error *error)
{
    return fail(error, ERR_IO,
                "cannot open '%s/%s': it is a link, and links inside an index "
                "are not followed",
                folder->path, name);
}

static Status put_path(const FolderHandle *folder, const char *name, Buf *path,
                       Error *error)
{
    buf_printf(path, "%s/%s", folder->path, name);
    buf_text(path);
    return buf_check(path, "naming a file", error);
}

Status folder_map_file(const FolderHandle *folder, const char *name,
                       FileMap *out, Error *error)
{
    *out = (FileMap){0};
    Buf path = {0};
    Status status = put_path(folder, name, &path, error);
    if (status == OK) {
        int fd = openat(folder->fd, name,
                        O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
        status = fd < 0 && errno == ELOOP
                     ? folder_fail_link(folder, name, error)
                     : file_map_open(fd, buf_text(&path), out, error);
    }
    buf_release(&path);
    return status;
}

Status folder_read_file(const FolderHandle *folder, const char *name,
                        size_t limit, Buf *out, Error *error)
{
    FileMap map;
    Status status = folder_map_file(folder, name, &map, error);
    if (status == OK && map.bytes.size > limit) {
        status = fail(error, ERR_LIMIT,
                      "'%s/%s' has %zu bytes, at most %zu fit", folder->path,
                      name, map.bytes.size, limit);
    } else if (status == OK) {
        buf_put_span(out, map.bytes);
        status = buf_check(out, "reading a file", error);
    }
    file_unmap(&map);
    return status;
}

Status folder_create_file(const FolderHandle *folder, const char *name, int *fd,
                          Error *error)
{
    unlinkat(folder->fd, name, 0); /* a link goes, not what it leads to */
    *fd = openat(folder->fd, name,
                 O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (*fd >= 0) return OK;
    return fail_errno(error, "cannot create '%s/%s'", folder->path, name);
}

/* Where the file cannot have the group, nobody but its owner gets anything:
 * whom the other bits would be for is then not known. */
static bool set_access(int fd, FileAccess access)
{
    struct stat facts;
    if (fstat(fd, &facts)) return false;
    bool grouped = facts.st_gid == access.group ||
                   !fchown(fd, (uid_t)-1, access.group);
    return !fchmod(fd, grouped ? access.mode : access.mode & 0700);
}

Status folder_place_file(const FolderHandle *folder, NewFile file,
                         const char *to, FileAccess access, Error *error)
{
    if (!set_access(file.fd, access) || fsync(file.fd))
        return fail_errno(error, "cannot write '%s/%s'", folder->path,
                          file.name);
    if (renameat(folder->fd, file.name, folder->fd, to) == 0) return OK;
    return fail_errno(error, "cannot rename '%s/%s' to '%s'", folder->path,
                      file.name, to);
}

Status folder_sync(const FolderHandle *folder, Error *error)
{
    if (fsync(folder->fd) == 0) return OK;
    return fail_errno(error, "cannot sync folder '%s'", folder->path);
}
