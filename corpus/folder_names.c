/* folder_names.c - the names in a folder, in byte order. */
#include "corpus/folder_names.h"

#include "common/base/c_locale.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

EntryKind entry_kind_of(mode_t mode)
{
    return S_ISREG(mode)   ? ENTRY_FILE
           : S_ISDIR(mode) ? ENTRY_FOLDER
           : S_ISLNK(mode) ? ENTRY_LINK
                           : ENTRY_OTHER;
}

static EntryKind kind_of_type(unsigned char type)
{
    switch (type) {
    case DT_UNKNOWN: return ENTRY_UNKNOWN;
    case DT_REG: return ENTRY_FILE;
    case DT_DIR: return ENTRY_FOLDER;
    case DT_LNK: return ENTRY_LINK;
    default: return ENTRY_OTHER;
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool sort_names(FolderNames *names)
{
    names->sorted = calloc(names->count + 1, sizeof *names->sorted);
    if (!names->sorted) return false;
    char *name = (char *)names->bytes.data;
    for (size_t i = 0; i < names->count; i++) {
        names->sorted[i] = name + 1;
        name += strlen(name + 1) + 2;
    }
    if (names->count)
        qsort(names->sorted, names->count, sizeof *names->sorted,
              compare_names);
    return true;
}

/* Whether the name is of the folder itself, of the one above, or of git's own.
 */
static bool is_dropped(FolderNames *names, const char *name)
{
    if (name[0] != '.') return false;
    names->has_ignore = names->has_ignore || !strcmp(name, ".ignore");
    names->has_gitignore = names->has_gitignore || !strcmp(name, ".gitignore");
    bool is_git = !strcmp(name, ".git");
    names->has_git = names->has_git || is_git;
    return is_git || !strcmp(name, ".") || !strcmp(name, "..");
}

Status folder_names_read(FolderNames *names, const char *path, Error *error)
{
    DIR *folder = opendir(path);
    if (!folder) return fail(error, ERR_IO, "%s", c_locale_strerror(errno));
    struct dirent *entry;
    while (errno = 0, (entry = readdir(folder))) {
        if (is_dropped(names, entry->d_name)) continue;
        buf_put_byte(&names->bytes, (uint8_t)kind_of_type(entry->d_type));
        buf_put(&names->bytes, entry->d_name, strlen(entry->d_name) + 1);
        names->count++;
    }
    int cause = errno;
    closedir(folder);
    if (cause) return fail(error, ERR_IO, "%s", c_locale_strerror(cause));
    if (names->bytes.status != OK || !sort_names(names))
        return fail_memory(error, "reading a folder");
    return OK;
}

const char *folder_names_next(FolderNames *names, EntryKind *kind)
{
    if (names->next == names->count) return NULL;
    const char *name = names->sorted[names->next++];
    *kind = (EntryKind)name[-1];
    return name;
}

void folder_names_release(FolderNames *names)
{
    buf_release(&names->bytes);
    free(names->sorted);
    *names = (FolderNames){0};
}
