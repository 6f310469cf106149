/* index_folder.c - the folder of an index, claimed for one writer. */
#include "indexer/build/index_folder.h"

#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/human.h"
#include "common/segment/index.h"
#include "indexer/build/index_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* MAX_TRIES: to claim a folder that other writers create and remove. */
enum { LOCK_POLL_MILLISECONDS = 10, MAX_TRIES = 10 };

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
    Status status = fail_advising(error, ERR_CONFLICT, ADVICE_REPLACE_INDEX,
                                  "%s exists (%s)", folder->path,
                                  text ? text : "an index");
    buf_release(&facts);
    return status;
}

/* Fails if there is a file that may be a user's: a MANIFEST that does not begin
 * as ours is, unless files of ours are next to it. */
static Status check_ours(const char *path, const IndexFiles *files,
                         Error *error)
{
    bool readable = true;
    if (files->manifest) {
        Status status = index_find(path, &readable, error);
        if (status != OK) return status;
    }
    if (!files->foreign && readable &&
        (!files->manifest || files->company || index_is_there(path)))
        return OK;
    return fail_advising(error, ERR_CONFLICT, ADVICE_OTHER_FOLDER,
                         "'%s' is not an index: it contains other files", path);
}

/* Fails if there is an index. */
static Status check_replaced(const IndexFolder *folder, bool readable,
                             Error *error)
{
    if (readable) return fail_exists(folder, error);
    if (folder->has_index) {
        return fail_advising(error, ERR_CONFLICT, ADVICE_REPLACE_INDEX,
                             "%s exists and is damaged", folder->path);
    }
    if (!folder->old.segment_count) return OK;
    return fail_advising(error, ERR_CONFLICT, ADVICE_REPLACE_INDEX,
                         "%s exists and is damaged: there are segments but no "
                         "MANIFEST",
                         folder->path);
}

/* Reads the old manifest; a damaged one may be replaced, too, but not changed.
 */
static Status examine(IndexFolder *folder, const ClaimOptions *options,
                      Error *error)
{
    IndexFiles files;
    manifest_release(&folder->old);
    folder->has_index = false;
    Status status = index_files_look(&folder->place, &files, error);
    if (status == OK) status = check_ours(folder->path, &files, error);
    if (status != OK) return status;
    folder->has_index = files.manifest;
    if (files.manifest)
        status = manifest_read_in(&folder->place, &folder->old, error);
    if (options->change && files.manifest) return status;
    bool readable = files.manifest && status == OK;
    bool leftovers = files.unpublished && !files.manifest;
    status = readable ? OK
                      : index_files_adopt(&folder->place,
                                          leftovers ? 0 : files.segments,
                                          &folder->old, error);
    if (status != OK || options->replace) return status;
    return check_replaced(folder, readable, error);
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
    fail_errno(error, "cannot create folder '%s'", folder->path);
    error->advice = ADVICE_OTHER_FOLDER;
    return ERR_IO;
}

/* The default folder may have come with files from somebody else. */
static Status check_found(const char *path, const struct stat *facts,
                          uid_t trusted, Error *error)
{
    Status status = folder_check_found(path, facts, trusted, error);
    if (status != OK) error->advice = ADVICE_NAME_FOLDER;
    return status;
}

/* Checked by its name, so that no link is followed, and again once it is open:
 * it may have been replaced meanwhile. */
static Status open_folder(IndexFolder *folder, ClaimOptions options,
                          Error *error)
{
    struct stat facts;
    const char *path = folder->path;
    Status status = make_folder(folder, error);
    if (status == OK && options.unnamed)
        status = lstat(path, &facts)
                     ? fail_errno(error, "cannot open '%s'", path)
                     : check_found(path, &facts, options.trusted, error);
    if (status != OK) return status;
    status = folder_open(path, !options.unnamed, &folder->place, error);
    if (status == OK && options.unnamed && !fstat(folder->place.fd, &facts))
        return check_found(path, &facts, options.trusted, error);
    if (status == OK || errno != ENOTDIR) return status;
    return fail_advising(error, ERR_CONFLICT, ADVICE_OTHER_FOLDER,
                         "'%s' is not a folder", path);
}

/* What umask allows, found out with a file: asking umask would change it for
 * all threads of the process for a moment. */
static Status allowed_mode(const FolderHandle *folder, mode_t *mode,
                           Error *error)
{
    static const char name[] = MANIFEST_NAME ".tmp";
    struct stat facts;
    *mode = 0;
    unlinkat(folder->fd, name, 0);
    int fd = openat(folder->fd, name,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0777);
    bool known = fd >= 0 && !fstat(fd, &facts);
    Status status = known ? OK
                          : fail_errno(error, "cannot write to folder '%s'",
                                       folder->path);
    if (known) *mode = facts.st_mode & 0777;
    if (fd >= 0) {
        close(fd);
        unlinkat(folder->fd, name, 0);
    }
    return status;
}

/* Who may read the new files: those who could read the old index, or whom umask
 * allows. */
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
    mode_t inherited = facts.st_mode & S_ISGID;
    mode_t allowed;
    Status status = allowed_mode(&folder->place, &allowed, error);
    if (status != OK) return status;
    folder->folder_mode = allowed | inherited;
    folder->access = (FileAccess){allowed & 0666,
                                  inherited ? facts.st_gid : getegid()};
    return OK;
}

/* What is going to be written may be removed until it is published, but not
 * what is there already. */
static Status mark_new(IndexFolder *folder, Error *error)
{
    if (folder->has_index) index_files_unmark(&folder->place);
    if (folder->has_index || folder->old.segment_count) return OK;
    folder->marked = true;
    return index_files_mark(&folder->place, error);
}

/* Removes what claiming has made; files that it marks are gone. */
static void undo_claim(const IndexFolder *folder)
{
    if (folder->marked) index_files_unmark(&folder->place);
    if (folder->created_lock) unlinkat(folder->place.fd, LOCK_NAME, 0);
    if (folder->created) rmdir(folder->path);
}

static bool is_locked(Status status, const Error *error)
{
    return status == ERR_CONFLICT && error->advice == ADVICE_WAIT_FOR_OTHER;
}

/* Waits for another writer as long as the options allow. */
static Status take_lock(IndexFolder *folder, const ClaimOptions *options,
                        Error *error)
{
    struct timespec pause = {.tv_nsec = LOCK_POLL_MILLISECONDS * 1000000L};
    double end = clock_seconds() + options->wait;
    for (;;) {
        Status status = index_lock_take(&folder->place, &folder->lock,
                                        &folder->created_lock, error);
        bool cancelled = options->cancelled &&
                         options->cancelled(options->self);
        if (!is_locked(status, error) || cancelled || clock_seconds() >= end)
            return status;
        nanosleep(&pause, NULL);
    }
}

static Status claim(IndexFolder *folder, ClaimOptions options, Error *error)
{
    Status status = open_folder(folder, options, error);
    /* Before anything is written into a folder that may not be an index. */
    if (status == OK && !folder->created)
        status = examine(folder, &options, error);
    if (status == OK) status = take_lock(folder, &options, error);
    /* Again: another writer may have finished in between. */
    if (status == OK) status = examine(folder, &options, error);
    if (status == OK) status = set_access(folder, error);
    if (status == OK) status = mark_new(folder, error);
    return status;
}

/* *gone: another writer has removed the folder meanwhile, which it had created.
 */
static Status claim_once(const char *path, const ClaimOptions *options,
                         IndexFolder *out, bool *gone, Error *error)
{
    *out = (IndexFolder){.lock = -1, .place.fd = -1};
    *gone = false;
    out->path = strdup(path);
    if (!out->path) return fail_memory(error, "claiming the index folder");
    Status status = claim(out, *options, error);
    if (status == OK) {
        index_files_sweep(&out->place, &out->old);
        return OK;
    }
    *gone = folder_is_gone(&out->place);
    undo_claim(out);
    index_folder_release(out);
    return status;
}

Status index_folder_claim(const char *path, ClaimOptions options,
                          IndexFolder *out, Error *error)
{
    bool gone = true;
    Status status = OK;
    for (int tries = 0; gone && tries < MAX_TRIES; tries++)
        status = claim_once(path, &options, out, &gone, error);
    return status;
}

void index_folder_admit(IndexFolder *folder, const SourceModes *sources)
{
    if (!folder->has_index) {
        folder->access.mode &= ~sources->lost;
        folder->folder_mode &= ~sources->lost;
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
    if (!index_files_has(slash ? slash + 1 : path)) return false;
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

/* Those who may read the files may enter the folder. */
static Status open_to_readers(const IndexFolder *folder, Error *error)
{
    if (!folder->created || !fchmod(folder->place.fd, folder->folder_mode))
        return OK;
    return fail_errno(error, "cannot set the mode of folder '%s'",
                      folder->path);
}

/* The name of a folder that we created must last, too. Where the folder above
 * it cannot be opened, it cannot be synced. */
static Status sync_parent(const IndexFolder *folder, Error *error)
{
    if (!folder->created) return OK;
    int fd = openat(folder->place.fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return OK;
    bool synced = fsync(fd) == 0 || errno == EINVAL;
    Status status = synced ? OK
                           : fail_errno(error, "cannot sync folder '%s/..'",
                                        folder->path);
    close(fd);
    return status;
}

Status index_folder_publish(IndexFolder *folder, const Manifest *manifest,
                            Error *error)
{
    Buf text = {0};
    manifest_format(manifest, &text);
    Status status = buf_check(&text, "writing the manifest", error);
    if (status == OK) status = open_to_readers(folder, error);
    if (status == OK) status = sync_parent(folder, error);
    /* The segments' names must last before the manifest that names them. */
    if (status == OK) status = folder_sync(&folder->place, error);
    if (status == OK) status = replace_manifest(folder, buf_span(&text), error);
    if (status == OK) {
        index_files_sweep(&folder->place, manifest);
        index_files_unmark(&folder->place);
    }
    if (status != OK && folder->published) {
        status = fail_again(error,
                            "%s: the new index is in place, but may be lost if "
                            "the machine fails now: %s",
                            folder->path, error->message);
    }
    buf_release(&text);
    return status;
}

/* Until the manifest is known, what has been published must not be abandoned:
 * then nothing would be known of the files that it lists. */
Status index_folder_go_on(IndexFolder *folder, Error *error)
{
    Manifest published;
    Status status = manifest_read_in(&folder->place, &published, error);
    if (status != OK) return status;
    manifest_release(&folder->old);
    folder->old = published;
    folder->has_index = true;
    folder->published = folder->marked = false;
    folder->created = folder->created_lock = false;
    return OK;
}

void index_folder_note_kept(const IndexFolder *folder, Error *error)
{
    if (!folder->has_index || folder->published) return;
    fail_again(error, "%s; %s is unchanged", error->message, folder->path);
}

void index_folder_abandon(IndexFolder *folder)
{
    if (folder->lock < 0 || folder->published) return;
    index_files_sweep(&folder->place, &folder->old);
    undo_claim(folder);
}

void index_folder_release(IndexFolder *folder)
{
    if (folder->lock >= 0) index_lock_release(folder->lock);
    folder_close(&folder->place);
    manifest_release(&folder->old);
    free(folder->path);
    *folder = (IndexFolder){.lock = -1, .place.fd = -1};
}
