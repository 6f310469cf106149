/* index_folder.c - the folder of an index, claimed for one writer. */
#include "indexer/build/index_folder.h"

#include "common/base/file.h"
#include "common/base/human.h"
#include "common/program/discovery.h"
#include "common/program/log.h"
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

/* What is there */

typedef struct Contents {
    bool foreign;  /* anything that no writer of ours makes */
    bool manifest; /* whoever wrote it */
    bool company;  /* what lies beside a MANIFEST of ours */
    size_t segments;
} Contents;

static Status look_around(const FolderHandle *folder, Contents *contents,
                          Error *error)
{
    DIR *entries = folder_entries(folder);
    *contents = (Contents){0};
    if (!entries)
        return fail_errno(error, "cannot open folder '%s'", folder->path);
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..")) continue;
        if (!is_ours(name)) contents->foreign = true;
        if (!strcmp(name, MANIFEST_NAME)) contents->manifest = true;
        if (is_segment(name)) contents->segments++;
        if (!strcmp(name, LOCK_NAME) || is_segment(name))
            contents->company = true;
    }
    closedir(entries);
    return OK;
}

/* Takes all segments that are there for those of the old index, whose manifest
 * does not tell: none is swept before a new one is in force. */
static Status adopt_segments(IndexFolder *folder, size_t count, Error *error)
{
    Manifest *old = &folder->old;
    DIR *entries = folder_entries(&folder->place);
    old->segments = arena_zeroed(&old->arena, count, sizeof *old->segments);
    if (!entries)
        return fail_errno(error, "cannot open folder '%s'", folder->path);
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (!is_segment(entry->d_name) || old->segment_count == count) continue;
        Span kept = arena_copy(&old->arena, span_text(entry->d_name));
        if (old->arena.status != OK) break;
        old->segments[old->segment_count++].name = (const char *)kept.data;
    }
    closedir(entries);
    return old->arena.status == OK ? OK
                                   : fail_memory(error, "claiming a folder");
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

/* Fails if what is there is in the way. */
static Status check_replaced(const IndexFolder *folder, bool readable,
                             Error *error)
{
    if (readable) return fail_exists(folder, error);
    if (folder->has_index) {
        return fail(error, ERR_CONFLICT,
                    "%s exists and is damaged; use --force to replace it",
                    folder->path);
    }
    if (!folder->old.segment_count) return OK;
    return fail(error, ERR_CONFLICT,
                "'%s' holds segments of an index but no MANIFEST; use --force "
                "to replace them, or -o for another folder",
                folder->path);
}

/* Reads the old manifest; one that is damaged may be replaced, too. */
static Status examine(IndexFolder *folder, bool replace, Error *error)
{
    Contents contents;
    manifest_release(&folder->old);
    folder->has_index = false;
    Status status = look_around(&folder->place, &contents, error);
    if (status == OK) status = check_ours(folder->path, &contents, error);
    if (status != OK) return status;
    folder->has_index = contents.manifest;
    Error ignored;
    bool readable = contents.manifest &&
                    manifest_read_in(&folder->place, &folder->old, &ignored) ==
                        OK;
    if (!readable) status = adopt_segments(folder, contents.segments, error);
    if (status != OK || replace) return status;
    return check_replaced(folder, readable, error);
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

/* Whether LOCK is still the open file: the owner of a folder that it abandons
 * removes its lock. */
static bool is_same_file(const IndexFolder *folder, int fd)
{
    struct stat open_file, named_file;
    return !fstat(fd, &open_file) &&
           !fstatat(folder->place.fd, LOCK_NAME, &named_file,
                    AT_SYMLINK_NOFOLLOW) &&
           open_file.st_ino == named_file.st_ino &&
           open_file.st_dev == named_file.st_dev;
}

/* What is written into must be ours: no pipe, no second name of another file,
 * and no longer than what we write. */
static bool is_lock(int fd)
{
    struct stat facts;
    return !fstat(fd, &facts) && S_ISREG(facts.st_mode) &&
           facts.st_nlink <= 1 && facts.st_size <= PROCESS_BYTES;
}

static int open_lock(const IndexFolder *folder, bool *created)
{
    int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int fd = openat(folder->place.fd, LOCK_NAME, flags | O_CREAT | O_EXCL,
                    0600);
    *created = fd >= 0;
    if (fd >= 0 || errno != EEXIST) return fd;
    return openat(folder->place.fd, LOCK_NAME, flags);
}

static Status fail_lock(const IndexFolder *folder, Error *error)
{
    if (errno == ELOOP)
        return folder_fail_link(&folder->place, LOCK_NAME, error);
    return fail_errno(error, "cannot write to folder '%s'", folder->path);
}

/* Takes the lock that is open; *taken false if it is no longer the one. */
static Status lock_file(const IndexFolder *folder, int fd, bool *taken,
                        Error *error)
{
    *taken = false;
    if (!is_lock(fd)) {
        return fail(error, ERR_CONFLICT,
                    "'%s/" LOCK_NAME "' is not a lock that indexer made; "
                    "remove it, or name another folder with -o",
                    folder->path);
    }
    if (flock(fd, LOCK_EX | LOCK_NB)) {
        return errno == EWOULDBLOCK
                   ? fail_locked(folder, fd, error)
                   : fail_errno(error, "cannot lock '%s/" LOCK_NAME "'",
                                folder->path);
    }
    *taken = is_same_file(folder, fd);
    return OK;
}

static Status take_lock(IndexFolder *folder, Error *error)
{
    Status status = OK;
    while (status == OK && folder->lock < 0) {
        bool created, taken;
        int fd = open_lock(folder, &created);
        if (fd < 0 && errno == ENOENT && folder_has(&folder->place, "."))
            continue; /* its owner has just removed it */
        if (fd < 0) return fail_lock(folder, error);
        status = lock_file(folder, fd, &taken, error);
        if (taken) {
            fchmod(fd, 0600); /* whoever may read it could lock it */
            folder->lock = fd;
            folder->created_lock = created;
            write_this_process(fd);
        } else {
            close(fd);
        }
    }
    return status;
}

/* Removes files that no live segment needs. */
static void sweep(const IndexFolder *folder, const Manifest *live)
{
    DIR *entries = folder_entries(&folder->place);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *name = entry->d_name;
        bool stale = is_unfinished(name);
        if (is_segment(name)) {
            stale = true;
            for (size_t i = 0; i < live->segment_count; i++)
                stale = stale && strcmp(name, live->segments[i].name) != 0;
        }
        if (stale) unlinkat(folder->place.fd, name, 0);
    }
    closedir(entries);
}

/* The claim */

/* For its owner alone until it is published. */
static Status make_folder(IndexFolder *folder, Error *error)
{
    if (mkdir(folder->path, 0700) == 0) {
        folder->created = true;
        return OK;
    }
    if (errno == EEXIST) return OK;
    return fail_errno(error,
                      "cannot create folder '%s' (-o names another place)",
                      folder->path);
}

/* The default folder may have come with somebody's files. */
static Status check_unnamed(const char *path, Error *error)
{
    struct stat facts;
    if (lstat(path, &facts)) return fail_errno(error, "cannot open '%s'", path);
    return index_check_unnamed(path, &facts, "-o FOLDER", error);
}

static Status open_folder(IndexFolder *folder, bool unnamed, Error *error)
{
    struct stat facts;
    Status status = make_folder(folder, error);
    if (status == OK && unnamed) status = check_unnamed(folder->path, error);
    if (status != OK) return status;
    status = folder_open(folder->path, !unnamed, &folder->place, error);
    if (status == OK && unnamed && !fstat(folder->place.fd, &facts))
        return index_check_unnamed(folder->path, &facts, "-o FOLDER", error);
    if (status == OK || errno != ENOTDIR) return status;
    return fail(error, ERR_CONFLICT,
                "'%s' is not a folder; name another place with -o",
                folder->path);
}

static mode_t process_mask(void)
{
    mode_t mask = umask(077);
    umask(mask);
    return mask;
}

/* Who may read what is written: those who could read the index before, or
 * whoever the process lets. */
static Status set_access(IndexFolder *folder, Error *error)
{
    struct stat facts;
    bool kept = folder->has_index &&
                !fstatat(folder->place.fd, MANIFEST_NAME, &facts,
                         AT_SYMLINK_NOFOLLOW) &&
                S_ISREG(facts.st_mode);
    if (kept) {
        folder->access = (FileAccess){(facts.st_mode & 0666) | 0600,
                                      facts.st_gid};
        return OK;
    }
    if (fstat(folder->place.fd, &facts))
        return fail_errno(error, "cannot open folder '%s'", folder->path);
    bool inherits = facts.st_mode & S_ISGID;
    folder->folder_mode = (0777 & ~process_mask()) | (facts.st_mode & S_ISGID);
    folder->access = (FileAccess){folder->folder_mode & 0666,
                                  inherits ? facts.st_gid : getegid()};
    return OK;
}

/* Removes what claiming has made. */
static void undo_claim(const IndexFolder *folder)
{
    if (folder->created_lock) unlinkat(folder->place.fd, LOCK_NAME, 0);
    if (folder->created) rmdir(folder->path);
}

static Status claim(IndexFolder *folder, ClaimOptions options, Error *error)
{
    Status status = open_folder(folder, options.unnamed, error);
    /* Before anything is written into a folder that may be none of ours. */
    if (status == OK && !folder->created)
        status = examine(folder, options.replace, error);
    if (status == OK) status = take_lock(folder, error);
    /* Once more: another writer may have ended in between. */
    if (status == OK) status = examine(folder, options.replace, error);
    if (status == OK) status = set_access(folder, error);
    return status;
}

Status index_folder_claim(const char *path, ClaimOptions options,
                          IndexFolder *out, Error *error)
{
    *out = (IndexFolder){.lock = -1, .place.fd = -1};
    out->path = strdup(path);
    if (!out->path) return fail_memory(error, "claiming the index folder");
    Status status = claim(out, options, error);
    if (status == OK) {
        sweep(out, &out->old);
    } else {
        undo_claim(out);
        index_folder_release(out);
    }
    return status;
}

void index_folder_admit(IndexFolder *folder, const SourceModes *sources)
{
    if (!folder->has_index) {
        folder->access.mode &= ~sources->lost;
        folder->folder_mode &= ~sources->lost;
    } else if (sources->first[0]) {
        log_warn("not everybody who may read %s may read %s: the index that "
                 "is replaced had mode %04o, which is kept",
                 folder->path, sources->first, folder->access.mode);
    }
}

const char *index_refusal(const char *path)
{
    return index_is_there(path) ? "an index, not text" : NULL;
}

bool index_folder_is(const IndexFolder *folder, const char *path)
{
    struct stat own, other;
    return !fstat(folder->place.fd, &own) && !stat(path, &other) &&
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

static Status replace_manifest(IndexFolder *folder, Span text, Error *error)
{
    NewFile file = {.name = MANIFEST_NAME ".tmp"};
    Status status = folder_create_file(&folder->place, file.name, &file.fd,
                                       error);
    if (status != OK) return status;
    if (!file_write_all(file.fd, text)) {
        status = fail_errno(error, "cannot write '%s/%s'", folder->path,
                            file.name);
    }
    if (status == OK) {
        status = folder_place_file(&folder->place, file, MANIFEST_NAME,
                                   folder->access, error);
    }
    close(file.fd);
    folder->published = status == OK;
    if (status != OK) unlinkat(folder->place.fd, file.name, 0);
    return status == OK ? folder_sync(&folder->place, error) : status;
}

/* It may be entered by those who may read what is in it. */
static Status open_to_readers(const IndexFolder *folder, Error *error)
{
    if (!folder->created || !fchmod(folder->place.fd, folder->folder_mode))
        return OK;
    return fail_errno(error, "cannot set the mode of folder '%s'",
                      folder->path);
}

Status index_folder_publish(IndexFolder *folder, const Manifest *manifest,
                            Error *error)
{
    Buf text = {0};
    manifest_format(manifest, &text);
    Status status = buf_check(&text, "writing the manifest", error);
    if (status == OK) status = open_to_readers(folder, error);
    /* The segments' names must last before the manifest that names them. */
    if (status == OK) status = folder_sync(&folder->place, error);
    if (status == OK) status = replace_manifest(folder, buf_span(&text), error);
    if (status == OK) sweep(folder, manifest);
    if (status != OK && folder->published) {
        Error cause = *error;
        status = fail(error, ERR_IO,
                      "%s: the new index is in place, but may be lost if the "
                      "machine fails now: %s",
                      folder->path, cause.message);
    }
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
    sweep(folder, &folder->old);
    undo_claim(folder);
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
    folder_close(&folder->place);
    manifest_release(&folder->old);
    free(folder->path);
    *folder = (IndexFolder){.lock = -1, .place.fd = -1};
}
