/* discovery.c - which index is meant by who only reads. */
#include "common/segment/discovery.h"

#include "common/base/log.h"
#include "common/segment/index.h"
#include "common/segment/near_index.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Status fail_no_index(const char *given, const char *source, Error *error)
{
    Buf near = {0};
    struct stat facts;
    bool exists = !stat(given, &facts);
    bool folder = exists && S_ISDIR(facts.st_mode);
    near_index(given, &near);
    const char *meant = near.size ? buf_text(&near) : NULL;
    fail(error, ERR_IO, "%s: %s%s%s%s%s", given,
         folder   ? "not an index: no MANIFEST in it"
         : exists ? "not an index"
                  : "no such index",
         source, meant ? " (did you mean " : "", meant ? meant : "",
         meant ? "?)" : "; indexer INPUT -o DIR makes one");
    buf_release(&near);
    return ERR_IO;
}

static Status take(const char *given, const char *source, Buf *path,
                   Error *error)
{
    bool found;
    Status status = index_find(given, &found, error);
    if (status != OK) return status;
    if (!found) return fail_no_index(given, source, error);
    buf_put_text(path, given);
    return buf_check(path, "naming the index", error);
}

/* .quern here, ../.quern and so on up to the root, as the absolute path. */
static Status search_upwards(const char *way, Buf *path, Error *error)
{
    char *here = realpath(".", NULL);
    if (!here) return fail_errno(error, "cannot tell the current folder");
    Status status = OK;
    bool found = false;
    char *end = here + (here[1] ? strlen(here) : 0); /* without a last slash */
    while (status == OK && !found) {
        *end = 0;
        buf_clear(path);
        buf_printf(path, "%s/.quern", here);
        const char *candidate = buf_text(path);
        status = candidate ? index_find(candidate, &found, error)
                           : fail_memory(error, "looking for an index");
        if (end == here) break;
        while (end > here && *end != '/') end--;
    }
    free(here);
    if (found) return OK;
    buf_clear(path);
    if (status != OK) return status;
    return fail(error, ERR_IO,
                "no index found: no .quern here or in a folder above; "
                "indexer INPUT makes one, %s or QUERN_INDEX names one",
                way);
}

Status index_discover(const char *given, const char *way, Buf *path,
                      Error *error)
{
    const char *environment = getenv("QUERN_INDEX");
    const char *source = "";
    Status status;
    if (given) {
        status = take(given, "", path, error);
        source = way;
    } else if (environment && *environment) {
        status = take(environment, " (from QUERN_INDEX)", path, error);
        source = "QUERN_INDEX";
    } else {
        status = search_upwards(way, path, error);
        source = "found";
    }
    const char *text = status == OK ? buf_text(path) : NULL;
    if (text) log_detail("index %s (%s)", text, source);
    return status;
}
