/* discovery.c - which index a search means. */
#include "searcher/discovery.h"

#include "common/base/log.h"
#include "common/base/near_miss.h"
#include "common/segment/index.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char DEFAULT_NAME[] = ".quern";

/* Puts "FOLDER/NAME"; what is there already is replaced. */
static const char *join_path(Buf *path, const char *folder, const char *name)
{
    buf_clear(path);
    buf_put_text(path, folder);
    if (path->size && path->data[path->size - 1] != '/') {
        buf_put_byte(path, '/');
    }
    buf_put_text(path, name);
    return buf_text(path);
}

static bool is_dots(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

/* The index among the neighbours of `given` that has a name like it, or that
 * is the only one; empty if there is none. */
static void find_neighbour(const char *given, Buf *found)
{
    const char *slash = strrchr(given, '/');
    const char *name = slash ? slash + 1 : given;
    Buf parent = {0}, path = {0};
    buf_put(&parent, given, (size_t)(name - given));
    if (!slash) buf_put_text(&parent, ".");
    const char *folder = buf_text(&parent);
    DIR *entries = folder ? opendir(folder) : NULL;
    NearMiss near = {.word = name};
    size_t indexes = 0;
    const struct dirent *entry;
    while (entries && (entry = readdir(entries))) {
        const char *candidate = join_path(&path, slash ? folder : "",
                                          entry->d_name);
        if (!candidate || is_dots(entry->d_name)) continue;
        if (!index_is_there(candidate)) continue;
        const char *before = near.best;
        size_t distance = near.best_distance;
        near_miss_offer(&near, entry->d_name);
        bool nearer = near.best != before || near.best_distance != distance;
        if (nearer || indexes == 0) buf_clear(found);
        if (nearer || indexes == 0) buf_put_text(found, candidate);
        indexes++;
    }
    if (!near.best && indexes > 1) buf_clear(found);
    if (entries) closedir(entries);
    buf_release(&parent);
    buf_release(&path);
}

static Status fail_no_index(const char *given, const char *source, Error *error)
{
    Buf inside = {0}, near = {0};
    const char *hidden = join_path(&inside, given, DEFAULT_NAME);
    struct stat facts;
    bool exists = !stat(given, &facts);
    bool folder = exists && S_ISDIR(facts.st_mode);
    if (hidden && index_is_there(hidden)) {
        buf_put_text(&near, hidden);
    } else {
        find_neighbour(given, &near);
    }
    const char *meant = near.size ? buf_text(&near) : NULL;
    fail(error, ERR_IO, "%s: %s%s%s%s%s", given,
         folder   ? "not an index: no MANIFEST in it"
         : exists ? "not an index"
                  : "no such index",
         source, meant ? " (did you mean " : "", meant ? meant : "",
         meant ? "?)" : "; indexer INPUT -o DIR makes one");
    buf_release(&inside);
    buf_release(&near);
    return ERR_IO;
}

static Status take(const char *given, const char *source, Buf *path,
                   Error *error)
{
    if (!index_is_there(given)) return fail_no_index(given, source, error);
    buf_put_text(path, given);
    return buf_check(path, "naming the index", error);
}

/* .quern here, ../.quern and so on up to the root, as the absolute path. */
static Status search_upwards(Buf *path, Error *error)
{
    char *here = realpath(".", NULL);
    if (!here) return fail_errno(error, "cannot tell the current folder");
    Status status = ERR_IO;
    for (char *end = here + strlen(here); status != OK;) {
        *end = 0;
        const char *candidate = join_path(path, *here ? here : "/",
                                          DEFAULT_NAME);
        if (candidate && index_is_there(candidate)) status = OK;
        if (end == here) break;
        while (end > here && *end != '/') end--;
    }
    free(here);
    if (status == OK) return OK;
    buf_clear(path);
    return fail(error, ERR_IO,
                "no index found: no .quern here or in a folder above; "
                "indexer INPUT makes one, -i DIR or QUERN_INDEX names one");
}

Status index_discover(const char *given, Buf *path, Error *error)
{
    const char *environment = getenv("QUERN_INDEX");
    const char *source = "";
    Status status;
    if (given) {
        status = take(given, "", path, error);
        source = "-i";
    } else if (environment && *environment) {
        status = take(environment, " (from QUERN_INDEX)", path, error);
        source = "QUERN_INDEX";
    } else {
        status = search_upwards(path, error);
        source = "found";
    }
    const char *text = status == OK ? buf_text(path) : NULL;
    if (text) log_detail("index %s (%s)", text, source);
    return status;
}
