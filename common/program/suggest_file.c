/* suggest_file.c - which file or folder somebody may have meant. */
#include "common/program/suggest_file.h"

#include "common/base/near_miss.h"

#include <dirent.h>

/* A walk through the folder of what was named. */
typedef struct NearSearch {
    NearMiss names;   /* its best lies in `found` */
    FileFilter *fits; /* or NULL */
    Buf path;         /* of an entry; up to folder_size of the folder */
    size_t folder_size;
    size_t fitting; /* entries that fit */
    Buf found;      /* the name of the nearest, or of the first that fits */
} NearSearch;

/* Whether `name` is nearer to what search is for than its best so far. */
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

static bool entry_fits(NearSearch *search, const char *name)
{
    search->path.size = search->folder_size;
    buf_put_text(&search->path, name);
    const char *path = buf_text(&search->path);
    return path && (!search->fits || search->fits(path));
}

static void look_at(NearSearch *search, const char *name)
{
    size_t distance = 0;
    bool nearer = is_nearer(&search->names, name, &distance);
    if (!nearer && !search->fits) return;
    if (!strcmp(name, ".") || !strcmp(name, "..") || !entry_fits(search, name))
        return;
    bool first = search->fitting++ == 0;
    if (!nearer && !first) return;
    buf_clear(&search->found); /* the entry does not live on */
    buf_put_text(&search->found, name);
    if (!nearer) return;
    search->names.best = buf_text(&search->found);
    search->names.best_distance = distance;
}

static void look_through(NearSearch *search, const char *folder)
{
    DIR *entries = folder ? opendir(folder) : NULL;
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));)
        look_at(search, entry->d_name);
    closedir(entries);
}

void suggest_file(const char *path, FileFilter *fits, Buf *out)
{
    const char *slash = strrchr(path, '/');
    size_t folder_size = slash ? (size_t)(slash - path) + 1 : 0;
    NearSearch search = {.names.word = path + folder_size,
                         .fits = fits,
                         .folder_size = folder_size};
    Buf folder = {0};
    buf_put(&folder, path, folder_size);
    if (!slash) buf_put_text(&folder, ".");
    buf_put(&search.path, path, folder_size);
    look_through(&search, buf_text(&folder));
    bool any = search.names.best || search.fitting == 1;
    if (any && search.found.status == OK) {
        buf_put(out, path, folder_size);
        buf_put_span(out, buf_span(&search.found));
    }
    buf_release(&folder);
    buf_release(&search.path);
    buf_release(&search.found);
}
