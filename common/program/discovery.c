/* discovery.c - finds the index to read. */
#include "common/program/discovery.h"

#include "common/program/log.h"
#include "common/program/suggest_file.h"
#include "common/segment/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static Status fail_no_index(const char *given, const char *source, Error *error)
{
    Buf near = {0};
    struct stat facts;
    bool exists = !stat(given, &facts);
    bool folder = exists && S_ISDIR(facts.st_mode);
    suggest_index(given, &near);
    const char *meant = near.size ? buf_text(&near) : NULL;
    fail(error, ERR_IO, "%s: %s%s%s%s%s", given,
         folder   ? "not an index: it has no MANIFEST"
         : exists ? "not an index"
                  : "no such index",
         source, meant ? " (did you mean " : "", meant ? meant : "",
         meant ? "?)" : "; create one with 'indexer INPUT -o DIR'");
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

/* Puts the absolute path of the .quern in the folder `from` or its nearest
 * parent; nothing without one. Folders .quern that are not an index are
 * skipped; *empty is the first of them. */
static Status search_upwards(const char *from, Buf *path, Buf *empty,
                             Error *error)
{
    char *here = realpath(from, NULL);
    if (!here) return fail_errno(error, "cannot find the current folder");
    Status status = OK;
    bool found = false;
    char *end = here + (here[1] ? strlen(here) : 0); /* no trailing slash */
    while (status == OK && !found) {
        *end = 0;
        buf_clear(path);
        buf_printf(path, "%s/.quern", here);
        const char *candidate = buf_text(path);
        status = candidate ? index_find(candidate, &found, error)
                           : fail_memory(error, "looking for an index");
        if (candidate && !found && !empty->size && access(candidate, F_OK) == 0)
            buf_put_text(empty, candidate);
        if (end == here) break;
        while (end > here && *end != '/') end--;
    }
    free(here);
    if (!found) buf_clear(path);
    return status;
}

uid_t discovery_trusted_owner(void)
{
    const char *caller = geteuid() == 0 ? getenv("SUDO_UID") : NULL;
    char *end = NULL;
    unsigned long number = caller ? strtoul(caller, &end, 10) : 0;
    return caller && end > caller && !*end ? (uid_t)number : geteuid();
}

/* The user has not named this index. */
static Status check_found(const char *path, const char *way, Error *error)
{
    struct stat facts;
    if (lstat(path, &facts)) return fail_errno(error, "cannot open '%s'", path);
    Status status = folder_check_found(path, &facts, discovery_trusted_owner(),
                                       error);
    if (status == OK) return OK;
    return fail_again(error, "%s; name it with %s or QUERN_INDEX to use it",
                      error->message, way);
}

static Status search(const char *way, Buf *path, Error *error)
{
    Buf empty = {0};
    Status status = search_upwards(".", path, &empty, error);
    const char *folder = empty.size ? buf_text(&empty) : NULL;
    if (status == OK && folder && !path->size) {
        status = fail(error, ERR_IO,
                      "no index found: %s has no MANIFEST; create one with "
                      "'indexer INPUT', or name one with %s or QUERN_INDEX",
                      folder, way);
    } else if (status == OK && !path->size) {
        status = fail(error, ERR_IO,
                      "no index found: no .quern in this folder or its "
                      "parents; create one with 'indexer INPUT', or name one "
                      "with %s or QUERN_INDEX",
                      way);
    } else if (status == OK) {
        status = check_found(buf_text(path), way, error);
    }
    buf_release(&empty);
    return status;
}

Status index_discover(const char *given, const char *way, Buf *path,
                      bool *found, Error *error)
{
    const char *environment = getenv("QUERN_INDEX");
    const char *source = "";
    Status status;
    *found = false;
    if (given) {
        status = take(given, "", path, error);
        source = way;
    } else if (environment && *environment) {
        status = take(environment, " (from QUERN_INDEX)", path, error);
        source = "QUERN_INDEX";
    } else {
        status = search(way, path, error);
        source = "found";
        *found = status == OK;
    }
    const char *text = status == OK ? buf_text(path) : NULL;
    if (text) log_detail("index %s (%s)", text, source);
    return status;
}

Status index_above(Buf *path, Error *error)
{
    Buf ignored = {0};
    Status status = search_upwards("..", path, &ignored, error);
    buf_release(&ignored);
    return status;
}
