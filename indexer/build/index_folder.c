/* index_folder.c - the folder of an index, claimed for one writer. */
#include "indexer/build/index_folder.h"

#include "common/base/file.h"
#include "common/base/human.h"
#include "common/segment/index.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOCK_NAME "LOCK"
#define MANIFEST_NAME "MANIFEST"

enum {
    SEGMENT_DIGITS = 16,
    PROCESS_BYTES = 32 /* hold a process number and a line feed */
};

/* Names that a writer makes: what may lie about without an index. What is
 * removed has one of the first two kinds; a user's file must never have. */

static bool is_segment(const char *name)
{
    size_t digits = strspn(name, "0123456789abcdef");
    return digits == SEGMENT_DIGITS && !strcmp(name + digits, ".segment");
}

static bool is_unfinished(const char *name)
{
    static const char spill[] = "spill-";
    if (!strcmp(name, "segment.tmp") || !strcmp(name, MANIFEST_NAME ".tmp"))
        return true;
    if (strncmp(name, spill, sizeof spill - 1) != 0) return false;
    name += sizeof spill - 1;
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && !strcmp(name + digits, ".tmp");
}

static bool is_ours(const char *name)
{
    return !strcmp(name, LOCK_NAME) || !strcmp(name, MANIFEST_NAME) ||
           is_segment(name) || is_unfinished(name);
}

static Status path_in(const IndexFolder *folder, const char *name, Buf *out,
                      Error *error)
{
    buf_printf(out, "%s/%s", folder->path, name);
    buf_text(out);
    return buf_check(out, "naming a file", error);
}

/* What is there */

typedef struct Contents {
    bool foreign;  /* anything that no writer of ours makes */
    bool manifest; /* whoever wrote it */
    bool company;  /* what lies beside a MANIFEST of ours */
} Contents;

static Status look_around(const char *path, Contents *contents, Error *error)
{
    DIR *entries = opendir(path);
    *contents = (Contents){0};
    if (!entries) return fail_errno(error, "cannot open folder '%s'", path);
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..")) continue;
        if (!is_ours(name)) contents->foreign = true;
        if (!strcmp(name, MANIFEST_NAME)) contents->manifest = true;
        if (!strcmp(name, LOCK_NAME) || is_segment(name))
            contents->company = true;
    }
    closedir(entries);
    return OK;
}

/* "today", "yesterday", "on 2026-11-23": created is ISO 8601, UTC. */
static void put_when(Buf *out, const char *created)
{
    static const char *const words[] = {"today", "yesterday"};
    for (int days = 0; days < 2; days++) {
        time_t then = time(NULL) - days * 24L * 3600;
        struct tm parts;
        char day[16];
        if (!gmtime_r(&then, &parts)) break;
        strftime(day, sizeof day, "%Y-%m-%d", &parts);
        if (!strncmp(created, day, 10)) {
            buf_put_text(out, words[days]);
            return;
        }
    }
    buf_printf(out, "on %.10s", created);
}

static Status fail_exists(const IndexFolder *folder, Error *error)
{
    Buf facts = {0};
    put_counted(&facts, folder->old.document_count, "document");
    buf_put_text(&facts, ", built ");
    put_when(&facts, folder->old.created);
    const char *text = buf_text(&facts);
    Status status = fail(error, ERR_CONFLICT,
                         "%s exists (%s); use --force to replace it, or -o for "
                         "another folder",
                         folder->path, text ? text : "an index");
    buf_release(&facts);
    return status;
}

/* Fails if there is anything that may be a user's: a MANIFEST that does not
 * begin as ours is another's, unless it lies in the company of ours. */
static Status check_ours(const char *path, const Contents *contents,
                         Error *error)
{
    bool readable = true;
    if (contents->manifest) {
        Status status = index_find(path, &readable, error);
        if (status != OK) return status;
    }
    if (!contents->foreign && readable &&
        (!contents->manifest || contents->company || index_is_there(path)))
        return OK;
    return fail(error, ERR_CONFLICT,
                "'%s' is a folder with other things in it, not an index; "
                "name a new folder with -o",
                path);
}

/* Reads the old manifest; one that is damaged may be replaced, too. */
static Status examine(IndexFolder *folder, bool replace, Error *error)
{
    Contents contents;
    manifest_release(&folder->old);
    folder->has_index = false;
    Status status = look_around(folder->path, &contents, error);
    if (status == OK) status = check_ours(folder->path, &contents, error);
    if (status != OK || !contents.manifest) return status;
    folder->has_index = true;
    Error ignored;
    Status readable = manifest_read(folder->path, &folder->old, &ignored);
    if (replace) return OK;
    if (readable == OK) return fail_exists(folder, error);
    return fail(error, ERR_CONFLICT,
                "%s exists and is damaged; use --force to replace it",
                folder->path);
}

/* The lock */

/* The number of the process that has the lock; 0 if it did not write it: it
 * writes after it has locked, and its disk may be full. */
static long read_owner(int lock)
{
    char text[PROCESS_BYTES] = "";
    ssize_t size = pread(lock, text, sizeof text - 1, 0);
    size_t digits = strspn(text, "0123456789");
    bool whole = size > 0 && digits > 0 && text[digits] == '\n';
    return whole ? strtol(text, NULL, 10) : 0;
}

/* For people alone, so no failure counts: what locks is flock. */
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

static Status fail_locked(const IndexFolder *folder, int lock, Error *error)
{
    char process[32] = "";
    long owner = read_owner(lock);
    if (owner) snprintf(process, sizeof process, " (process %ld)", owner);
    return fail(error, ERR_CONFLICT,
                "another indexer%s is writing to '%s'; wait until it has "
                "ended, or name another folder with -o",
                process, folder->path);
}

/* Whether the file at path is still the open one: the owner of a folder that
 * it abandons removes its lock. */
static bool is_same_file(int fd, const char *path)
{
    struct stat open_file, named_file;
    return !fstat(fd, &open_file) && !stat(path, &named_file) &&
           open_file.st_ino == named_file.st_ino &&
           open_file.st_dev == named_file.st_dev;
}

static Status take_lock(IndexFolder *folder, Error *error)
{
    Buf path = {0};
    Status status = path_in(folder, LOCK_NAME, &path, error);
    while (status == OK && folder->lock < 0) {
        const char *name = buf_text(&path);
        int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0) {
            status = fail_errno(error, "cannot write to folder '%s'",
                                folder->path);
        } else if (flock(fd, LOCK_EX | LOCK_NB)) {
            status = errno == EWOULDBLOCK
                         ? fail_locked(folder, fd, error)
                         : fail_errno(error, "cannot lock '%s'", name);
            close(fd);
        } else if (is_same_file(fd, name)) {
            folder->lock = fd;
            write_this_process(fd);
        } else {
            close(fd);
        }
    }
    buf_release(&path);
    return status;
}

/* Removes files that no live segment needs. */
static void sweep(const IndexFolder *folder, const Manifest *live)
{
    DIR *entries = opendir(folder->path);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *name = entry->d_name;
        bool stale = is_unfinished(name);
        if (is_segment(name)) {
            stale = true;
            for (size_t i = 0; i < live->segment_count; i++)
                stale = stale && strcmp(name, live->segments[i].name) != 0;
        }
        if (stale) unlinkat(dirfd(entries), name, 0);
    }
    closedir(entries);
}

static Status make_folder(IndexFolder *folder, Error *error)
{
    if (mkdir(folder->path, 0777) == 0) {
        folder->created = true;
        return OK;
    }
    if (errno != EEXIST)
        return fail_errno(error,
                          "cannot create folder '%s' (-o names another place)",
                          folder->path);
    struct stat facts;
    if (stat(folder->path, &facts))
        return fail_errno(error, "cannot open '%s'", folder->path);
    if (S_ISDIR(facts.st_mode)) return OK;
    return fail(error, ERR_CONFLICT,
                "'%s' is not a folder; name another place with -o",
                folder->path);
}

Status index_folder_claim(const char *path, bool replace, IndexFolder *out,
                          Error *error)
{
    *out = (IndexFolder){.lock = -1};
    out->path = strdup(path);
    if (!out->path) return fail_memory(error, "claiming the index folder");
    Status status = make_folder(out, error);
    /* Before anything is written into a folder that may be none of ours. */
    if (status == OK && !out->created) status = examine(out, replace, error);
    if (status == OK) status = take_lock(out, error);
    /* Once more: another writer may have ended in between. */
    if (status == OK) status = examine(out, replace, error);
    if (status != OK) {
        if (out->created) rmdir(out->path);
        index_folder_release(out);
        return status;
    }
    /* A damaged manifest names nothing: keep all segments until the end. */
    if (!out->has_index || out->old.segment_count) sweep(out, &out->old);
    return OK;
}

const char *index_refusal(const char *path)
{
    return index_is_there(path) ? "an index, not text" : NULL;
}

bool index_folder_is(const IndexFolder *folder, const char *path)
{
    struct stat own, other;
    return !stat(folder->path, &own) && !stat(path, &other) &&
           own.st_ino == other.st_ino && own.st_dev == other.st_dev;
}

bool index_folder_holds(const IndexFolder *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!is_ours(slash ? slash + 1 : path)) return false;
    Buf parent = {0};
    if (slash) buf_put(&parent, path, (size_t)(slash - path) + 1);
    const char *name = slash ? buf_text(&parent) : ".";
    bool same = name && index_folder_is(folder, name);
    buf_release(&parent);
    return same;
}

Status index_folder_publish(IndexFolder *folder, const Manifest *manifest,
                            Error *error)
{
    Buf path = {0}, text = {0};
    manifest_format(manifest, &text);
    Status status = buf_check(&text, "writing the manifest", error);
    if (status == OK) status = path_in(folder, MANIFEST_NAME, &path, error);
    /* The segments' names must last before the manifest that names them. */
    if (status == OK) status = folder_sync(folder->path, error);
    if (status == OK) {
        status = file_replace(buf_text(&path), buf_span(&text),
                              &folder->published, error);
    }
    if (status == OK) sweep(folder, manifest);
    if (status != OK && folder->published) {
        Error cause = *error;
        status = fail(error, ERR_IO,
                      "%s: the new index is in place, but may be lost if the "
                      "machine fails now: %s",
                      folder->path, cause.message);
    }
    buf_release(&path);
    buf_release(&text);
    return status;
}

void index_folder_note_kept(const IndexFolder *folder, Error *error)
{
    if (!folder->has_index || folder->published) return;
    Error cause = *error;
    fail(error, ERR_IO, "%s; %s is as it was", cause.message, folder->path);
}

void index_folder_abandon(IndexFolder *folder)
{
    if (folder->lock < 0 || folder->published) return;
    if (!folder->has_index || folder->old.segment_count)
        sweep(folder, &folder->old);
    if (folder->created) {
        Buf path = {0};
        Error ignored;
        if (path_in(folder, LOCK_NAME, &path, &ignored) == OK)
            unlink(buf_text(&path));
        buf_release(&path);
        rmdir(folder->path);
    }
}

/* A number that stayed would name a process that has ended to whoever comes
 * between the next one's lock and its number. */
static void give_lock_back(int lock)
{
    write_owner(lock, "");
    close(lock);
}

void index_folder_release(IndexFolder *folder)
{
    if (folder->lock >= 0) give_lock_back(folder->lock);
    manifest_release(&folder->old);
    free(folder->path);
    *folder = (IndexFolder){.lock = -1};
}
