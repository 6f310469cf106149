/* index_lock.c - the file LOCK in the folder of an index. */
#include "indexer/build/index_files.h"
#include "indexer/build/index_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROCESS_BYTES = 32 }; /* hold a process number and a line feed */

/* The number of the process that has the lock; 0 if unknown: it is written
 * after locking, and the disk may be full. */
static long read_owner(int lock)
{
    char text[PROCESS_BYTES] = "";
    ssize_t size = pread(lock, text, sizeof text - 1, 0);
    size_t digits = strspn(text, "0123456789");
    bool whole = size > 0 && digits > 0 && text[digits] == '\n';
    return whole ? strtol(text, NULL, 10) : 0;
}

/* For messages only, so failures are ignored: the lock is the flock. */
static void write_owner(int lock, const char *text)
{
    if (ftruncate(lock, 0) == 0) (void)file_write_all(lock, span_text(text));
}

static void write_this_process(int lock)
{
    char text[PROCESS_BYTES];
    snprintf(text, sizeof text, "%ld\n", (long)getpid());
    write_owner(lock, text);
}

static Status fail_locked(const FolderHandle *folder, int lock, Error *error)
{
    char process[32] = "";
    long owner = read_owner(lock);
    if (owner) snprintf(process, sizeof process, " (process %ld)", owner);
    return fail_advising(error, ERR_CONFLICT, ADVICE_WAIT_FOR_OTHER,
                         "another indexer%s is writing to '%s'", process,
                         folder->path);
}

/* Whether LOCK is still the open file: a writer that abandons a new folder
 * removes its lock. */
static bool is_same_file(const FolderHandle *folder, int fd)
{
    struct stat open_file, named_file;
    return !fstat(fd, &open_file) &&
           !fstatat(folder->fd, LOCK_NAME, &named_file, AT_SYMLINK_NOFOLLOW) &&
           open_file.st_ino == named_file.st_ino &&
           open_file.st_dev == named_file.st_dev;
}

/* What is written into must be ours: no pipe, no second name of another file,
 * and no longer than what we write. */
static bool is_lock(int fd)
{
    struct stat facts;
    return !fstat(fd, &facts) && S_ISREG(facts.st_mode) &&
           facts.st_nlink <= 1 && facts.st_size <= PROCESS_BYTES;
}

static int open_lock(const FolderHandle *folder, bool *created)
{
    int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int fd = openat(folder->fd, LOCK_NAME, flags | O_CREAT | O_EXCL, 0600);
    *created = fd >= 0;
    if (fd >= 0 || errno != EEXIST) return fd;
    return openat(folder->fd, LOCK_NAME, flags);
}

static Status fail_lock(const FolderHandle *folder, Error *error)
{
    if (errno == ELOOP) return folder_fail_link(folder, LOCK_NAME, error);
    return fail_errno(error, "cannot write to folder '%s'", folder->path);
}

/* Locks the open file; *taken is false if the file was removed meanwhile. */
static Status lock_file(const FolderHandle *folder, int fd, bool *taken,
                        Error *error)
{
    *taken = false;
    if (!is_lock(fd)) {
        return fail_advising(error, ERR_CONFLICT, ADVICE_REMOVE_FILE,
                             "'%s/" LOCK_NAME "' is not a lock file of indexer",
                             folder->path);
    }
    if (flock(fd, LOCK_EX | LOCK_NB)) {
        return errno == EWOULDBLOCK
                   ? fail_locked(folder, fd, error)
                   : fail_errno(error, "cannot lock '%s/" LOCK_NAME "'",
                                folder->path);
    }
    *taken = is_same_file(folder, fd);
    return OK;
}

Status index_lock_take(const FolderHandle *folder, int *lock, bool *created,
                       Error *error)
{
    Status status = OK;
    *lock = -1;
    while (status == OK && *lock < 0) {
        bool taken;
        int fd = open_lock(folder, created);
        if (fd < 0 && errno == ENOENT && !folder_is_gone(folder))
            continue; /* its owner has just removed it */
        if (fd < 0) return fail_lock(folder, error);
        status = lock_file(folder, fd, &taken, error);
        if (taken) {
            fchmod(fd, 0600); /* whoever may read it could lock it */
            write_this_process(fd);
            *lock = fd;
        } else {
            close(fd);
        }
    }
    return status;
}

/* The number is removed first: else it would name a process that has ended to
 * whoever looks before the next owner writes its own. Closing alone would leave
 * the lock to a process that was forked meanwhile. */
void index_lock_release(int lock)
{
    write_owner(lock, "");
    flock(lock, LOCK_UN);
    close(lock);
}
