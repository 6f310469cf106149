/* index_files.c - the files of an index folder, by their names. */
#include "indexer/build/index_files.h"

#include "common/segment/index.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { HASH_NAME_DIGITS = 16 };

/* Names of files that a writer makes. Only segments and unfinished files are
 * ever removed: the names must not match a user's file. */

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(name, *names) != 0) names++;
    return *names != NULL;
}

/* A segment, or a file that MANIFEST names next to one. */
static bool is_named_by_hash(const char *name)
{
    static const char *const suffixes[] = {".segment", ".removed", ".contents",
                                           ".history", NULL};
    size_t digits = strspn(name, "0123456789abcdef");
    return digits == HASH_NAME_DIGITS && is_one_of(name + digits, suffixes);
}

static bool is_unfinished(const char *name)
{
    static const char spill[] = "spill-";
    static const char *const names[] = {"segment.tmp",        "removed.tmp",
                                        "contents.tmp",       "history.tmp",
                                        MANIFEST_NAME ".tmp", NULL};
    if (is_one_of(name, names)) return true;
    if (strncmp(name, spill, sizeof spill - 1) != 0) return false;
    name += sizeof spill - 1;
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && !strcmp(name + digits, ".tmp");
}

bool index_files_has(const char *name)
{
    return !strcmp(name, LOCK_NAME) || !strcmp(name, MANIFEST_NAME) ||
           !strcmp(name, UNPUBLISHED_NAME) || is_named_by_hash(name) ||
           is_unfinished(name);
}

/* What is there */

Status index_files_look(const FolderHandle *folder, IndexFiles *files,
                        Error *error)
{
    DIR *entries = folder_entries(folder);
    *files = (IndexFiles){0};
    if (!entries)
        return fail_errno(error, "cannot open folder '%s'", folder->path);
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..")) continue;
        if (!index_files_has(name)) files->foreign = true;
        if (!strcmp(name, MANIFEST_NAME)) files->manifest = true;
        if (!strcmp(name, UNPUBLISHED_NAME)) files->unpublished = true;
        if (is_named_by_hash(name)) files->segments++;
        if (!strcmp(name, LOCK_NAME) || is_named_by_hash(name))
            files->company = true;
    }
    closedir(entries);
    return OK;
}

/* Without a readable manifest all segments count as the old index's: none is
 * removed before the new manifest is in force. */
Status index_files_adopt(const FolderHandle *folder, size_t count,
                         Manifest *old, Error *error)
{
    DIR *entries = folder_entries(folder);
    old->segments = arena_zeroed(&old->arena, count, sizeof *old->segments);
    if (!entries)
        return fail_errno(error, "cannot open folder '%s'", folder->path);
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (!is_named_by_hash(entry->d_name) || old->segment_count == count)
            continue;
        Span kept = arena_copy(&old->arena, span_text(entry->d_name));
        if (old->arena.status != OK) break;
        old->segments[old->segment_count++].name = (const char *)kept.data;
    }
    closedir(entries);
    return old->arena.status == OK ? OK
                                   : fail_memory(error, "claiming a folder");
}

static bool is_file(const ManifestFile *file, const char *name)
{
    return file->name && !strcmp(name, file->name);
}

static bool is_listed(const Manifest *manifest, const char *name)
{
    if (is_file(&manifest->history, name)) return true;
    for (size_t i = 0; i < manifest->segment_count; i++) {
        const ManifestSegment *segment = &manifest->segments[i];
        if (!strcmp(name, segment->name) || is_file(&segment->removed, name) ||
            is_file(&segment->contents, name))
            return true;
    }
    return false;
}

/* It may be there already: then it must not be missing for a moment. */
Status index_files_mark(const FolderHandle *folder, Error *error)
{
    int fd = openat(folder->fd, UNPUBLISHED_NAME,
                    O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                    0600);
    if (fd < 0)
        return fail_errno(error, "cannot create '%s/" UNPUBLISHED_NAME "'",
                          folder->path);
    close(fd);
    return folder_sync(folder, error);
}

void index_files_unmark(const FolderHandle *folder)
{
    unlinkat(folder->fd, UNPUBLISHED_NAME, 0);
}

/* Removes files that the manifest does not list. */
void index_files_sweep(const FolderHandle *folder, const Manifest *live)
{
    DIR *entries = folder_entries(folder);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *name = entry->d_name;
        bool stale = is_unfinished(name) ||
                     (is_named_by_hash(name) && !is_listed(live, name));
        if (stale) unlinkat(folder->fd, name, 0);
    }
    closedir(entries);
}
