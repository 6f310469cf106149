/* near_file.c - which file or folder somebody may have meant. */
#include "common/base/near_file.h"

#include "common/base/near_miss.h"

#include <dirent.h>

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

/* Looks through a folder, whose path is in `path`; search->best lies in
 * `best`. */
static void find_nearest(DIR *entries, NearMiss *search,
                         bool (*fits)(const char *path), Buf *path, Buf *best)
{
    size_t folder_size = path->size;
    for (struct dirent *entry; (entry = readdir(entries));) {
        size_t distance;
        if (!is_nearer(search, entry->d_name, &distance)) continue;
        path->size = folder_size;
        buf_put_text(path, entry->d_name);
        const char *whole = buf_text(path);
        if (!whole || (fits && !fits(whole))) continue;
        buf_clear(best); /* the entry does not live on */
        buf_put_text(best, entry->d_name);
        search->best = buf_text(best);
        search->best_distance = distance;
        if (!search->best) break;
    }
    path->size = folder_size;
}

void near_file(const char *path, bool (*fits)(const char *path), Buf *out)
{
    const char *slash = strrchr(path, '/');
    size_t folder_size = slash ? (size_t)(slash - path) + 1 : 0;
    Buf folder = {0}, candidate = {0}, best = {0};
    buf_put(&folder, path, folder_size);
    if (!slash) buf_put_text(&folder, ".");
    buf_put(&candidate, path, folder_size);
    NearMiss search = {.word = path + folder_size};
    const char *name = buf_text(&folder);
    DIR *entries = name ? opendir(name) : NULL;
    if (entries) {
        find_nearest(entries, &search, fits, &candidate, &best);
        closedir(entries);
    }
    if (search.best) {
        buf_put(out, path, folder_size);
        buf_put_text(out, search.best);
    }
    buf_release(&folder);
    buf_release(&candidate);
    buf_release(&best);
}
