/* suggest_file.c - suggests a file or folder for a misspelt name. */
#include "common/program/suggest_file.h"

#include "common/base/near_miss.h"

#include <dirent.h>

/* A scan of the folder of the misspelt name. */
typedef struct FolderScan {
    NearMiss names;     /* its best points into `found` */
    FileFilter *filter; /* or NULL */
    Buf path;           /* of an entry; begins with folder_size bytes */
    size_t folder_size;
    size_t passed; /* entries that pass the filter */
    Buf found;     /* the nearest name, or the first that passes */
} FolderScan;

/* Whether `name` is nearer than the best so far. */
static bool is_nearer(const NearMiss *search, const char *name,
                      size_t *distance)
{
    NearMiss one = {.word = search->word};
    if ((name[0] == '.') != (search->word[0] == '.')) return false;
    near_miss_offer(&one, name);
    *distance = one.best_distance;
    if (!one.best || !search->best) return one.best != NULL;
    return *distance < search->best_distance ||
           (*distance == search->best_distance &&
            strcmp(name, search->best) < 0);
}

static bool entry_passes(FolderScan *scan, const char *name)
{
    scan->path.size = scan->folder_size;
    buf_put_text(&scan->path, name);
    const char *path = buf_text(&scan->path);
    return path && (!scan->filter || scan->filter(path));
}

static void scan_entry(FolderScan *scan, const char *name)
{
    size_t distance = 0;
    bool nearer = is_nearer(&scan->names, name, &distance);
    if (!nearer && !scan->filter) return;
    if (!strcmp(name, ".") || !strcmp(name, "..") || !entry_passes(scan, name))
        return;
    bool first = scan->passed++ == 0;
    if (!nearer && !first) return;
    buf_clear(&scan->found); /* the next readdir overwrites `name` */
    buf_put_text(&scan->found, name);
    if (!nearer) return;
    scan->names.best = buf_text(&scan->found);
    scan->names.best_distance = distance;
}

static void scan_folder(FolderScan *scan, const char *folder)
{
    DIR *entries = folder ? opendir(folder) : NULL;
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));)
        scan_entry(scan, entry->d_name);
    closedir(entries);
}

void suggest_file(const char *path, FileFilter *filter, Buf *out)
{
    const char *slash = strrchr(path, '/');
    size_t folder_size = slash ? (size_t)(slash - path) + 1 : 0;
    FolderScan scan = {.names.word = path + folder_size,
                       .filter = filter,
                       .folder_size = folder_size};
    Buf folder = {0};
    buf_put(&folder, path, folder_size);
    if (!slash) buf_put_text(&folder, ".");
    buf_put(&scan.path, path, folder_size);
    scan_folder(&scan, buf_text(&folder));
    bool any = scan.names.best || scan.passed == 1;
    if (any && scan.found.status == OK) {
        buf_put(out, path, folder_size);
        buf_put_span(out, buf_span(&scan.found));
    }
    buf_release(&folder);
    buf_release(&scan.path);
    buf_release(&scan.found);
}
