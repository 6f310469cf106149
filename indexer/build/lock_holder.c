/* lock_holder.c - which process has the lock of an index.
 *
 * Trying to lock would make a writer fail that tries at the same time. Linux
 * lists all locks, with the device and the inode of the file:
 *
 *   7: FLOCK  ADVISORY  WRITE 1234 fe:01:5678 0 EOF
 */
#include "indexer/build/index_files.h"
#include "indexer/build/index_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

/* Whether the line is of a flock on the file. */
static bool is_lock_of(const char *line, const char *file, long *process)
{
    char kind[16], place[64];
    return sscanf(line, "%*s %15s %*s %*s %ld %63s", kind, process, place) ==
               3 &&
           !strcmp(kind, "FLOCK") && !strcmp(place, file);
}

bool index_lock_holder(const FolderHandle *folder, long *process)
{
    struct stat facts;
    char file[64], line[256];
    bool found = false;
    *process = 0;
    if (fstatat(folder->fd, LOCK_NAME, &facts, AT_SYMLINK_NOFOLLOW))
        return false;
    FILE *locks = fopen("/proc/locks", "re");
    if (!locks) return false;
    snprintf(file, sizeof file, "%02x:%02x:%llu", major(facts.st_dev),
             minor(facts.st_dev), (unsigned long long)facts.st_ino);
    while (!found && fgets(line, sizeof line, locks))
        found = is_lock_of(line, file, process);
    fclose(locks);
    if (!found || *process < 0) *process = 0; /* of another container */
    return found;
}
