/* ignore_git.c - where a git repository keeps patterns outside of its folders.
 */
#include "corpus/ignore_git.h"

#include "common/input/blank.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* All bytes of an open file, IGNORE_FILE_MAX_BYTES at most. */
static bool read_whole(int fd, Buf *out)
{
    enum { PIECE_BYTES = 16 * 1024 };
    size_t start = out->size;
    for (;;) {
        uint8_t *room = buf_reserve(out, PIECE_BYTES);
        if (!room) return true; /* the buffer keeps the failure */
        ssize_t got = read(fd, room, PIECE_BYTES);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        out->size += (size_t)got;
        if (out->size - start <= IGNORE_FILE_MAX_BYTES) continue;
        errno = EFBIG;
        return false;
    }
}

bool ignore_file_read(const char *path, Buf *out)
{
    struct stat facts;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return false;
    bool is_read = fstat(fd, &facts) == 0;
    if (is_read && !S_ISREG(facts.st_mode)) {
        errno = S_ISDIR(facts.st_mode) ? EISDIR : ENOTSUP;
        is_read = false;
    }
    is_read = is_read && read_whole(fd, out);
    int cause = errno;
    close(fd);
    errno = cause;
    return is_read;
}

/* Appends a path that is relative to a folder, or absolute. */
static void put_path(Buf *out, const char *folder, Span path)
{
    if (path.size == 0 || path.data[0] != '/') buf_printf(out, "%s/", folder);
    buf_put_span(out, path);
}

/* The folder of a repository that the file `.git` names; empty if it names
 * none. */
static void put_named_folder(Buf *out, const char *folder, const char *file)
{
    Buf text = {0};
    Span before = span_text("gitdir:");
    if (ignore_file_read(file, &text) && span_begins(buf_span(&text), before)) {
        Span path = span_of(text.data + before.size, text.size - before.size);
        put_path(out, folder, span_trim(path));
    }
    buf_keep_failure(out, &text);
    buf_release(&text);
}

/* A worktree has its own folder, in which `commondir` names that of the
 * repository. */
static void put_common_folder(Buf *out, const char *folder)
{
    Buf file = {0}, text = {0};
    buf_printf(&file, "%s/commondir", folder);
    const char *path = buf_text(&file);
    if (path && ignore_file_read(path, &text)) {
        put_path(out, folder, span_trim(buf_span(&text)));
    } else {
        buf_put_text(out, folder);
    }
    buf_keep_failure(out, &file);
    buf_keep_failure(out, &text);
    buf_release(&file);
    buf_release(&text);
}

bool ignore_git_find(const char *folder, Buf *exclude)
{
    struct stat facts;
    Buf git = {0}, named = {0};
    buf_printf(&git, "%s/.git", folder);
    const char *path = buf_text(&git);
    bool is_there = path && stat(path, &facts) == 0;
    if (is_there && !S_ISDIR(facts.st_mode)) {
        put_named_folder(&named, folder, path);
        path = named.size ? buf_text(&named) : NULL;
    }
    if (is_there && path) {
        put_common_folder(exclude, path);
        buf_put_text(exclude, "/info/exclude");
    }
    buf_keep_failure(exclude, &git);
    buf_keep_failure(exclude, &named);
    buf_release(&git);
    buf_release(&named);
    return is_there;
}
