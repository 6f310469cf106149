/* index_folder.h - the folder of an index, claimed for one writer.
 *
 * The claim is a lock that ends with the process. An index is replaced as a
 * whole: first new segments are written, then the manifest is replaced in one
 * step, then files that it does not name are removed. All of it is done below
 * one descriptor of the folder, and no link in it is followed.
 */
#ifndef QUERN_BUILD_INDEX_FOLDER_H
#define QUERN_BUILD_INDEX_FOLDER_H

#include "common/base/folder.h"
#include "common/segment/manifest.h"
#include "indexer/build/source_modes.h"

typedef struct IndexFolder {
    char *path; /* owned */
    FolderHandle place;
    int lock;           /* of LOCK; -1: not claimed */
    bool created;       /* by us */
    bool created_lock;  /* likewise */
    bool marked;        /* as without an index so far (index_files_mark) */
    bool has_index;     /* there was an index before */
    bool published;     /* the new manifest is in force */
    mode_t folder_mode; /* for a folder that we created */
    FileAccess access;  /* for new files */
    Manifest old;       /* of that index; if it cannot be read, all segments
                           found */
} IndexFolder;

typedef struct ClaimOptions {
    bool replace; /* an existing index */
    bool change;  /* an existing index, which must not be damaged */
    double wait;  /* seconds for another writer */
    bool (*cancelled)(void *self); /* ends waiting, or NULL */
    void *self;
    bool unnamed;  /* the default folder: it must not be a link or somebody
                      else's (folder_check_found) */
    uid_t trusted; /* a user who may own it, besides this one and root */
} ClaimOptions;

/* Claims the folder, and creates it if necessary. ERR_CONFLICT if another
 * writer has it, if there is an index or segments and not `replace` (nor
 * `change`), or if it contains other files. A failure leaves no trace. */
NODISCARD Status index_folder_claim(const char *path, ClaimOptions options,
                                    IndexFolder *out, Error *error);

/* Takes from the mode of the new index what its sources do not allow. An index
 * that is replaced keeps its mode. */
void index_folder_admit(IndexFolder *folder, const SourceModes *sources);

/* Why a folder cannot be indexed: it is an index. NULL if it is not. */
const char *index_refusal(const char *path);

/* Whether the path names this folder, or a file of this index, however it is
 * written. */
bool index_folder_is(const IndexFolder *folder, const char *path);
bool index_folder_holds(const IndexFolder *folder, const char *path);

/* Puts the manifest in force and removes what it does not name. The segments it
 * names are complete and synced. If only the last sync fails, the old segments
 * stay as well: either manifest may be there after a crash. */
NODISCARD Status index_folder_publish(IndexFolder *folder,
                                      const Manifest *manifest, Error *error);

/* After index_folder_publish, to change the index once more: what has been
 * published is the old index now. */
NODISCARD Status index_folder_go_on(IndexFolder *folder, Error *error);

/* Removes the segments of a build that failed (those not of the old index),
 * and the folder and LOCK if they were made for it. Nothing, once published. */
void index_folder_abandon(IndexFolder *folder);

/* Appends to the message that the old index, if there is one, is unchanged. */
void index_folder_note_kept(const IndexFolder *folder, Error *error);

/* Ends the claim. */
void index_folder_release(IndexFolder *folder);

/* index_lock.c: the file LOCK in the folder of an index: one writer at a time.
 */

/* Takes the lock, a flock that ends with the process; *created: LOCK was not
 * there. ERR_CONFLICT if another process has it. */
NODISCARD Status index_lock_take(const FolderHandle *folder, int *lock,
                                 bool *created, Error *error);

void index_lock_release(int lock);

/* lock_holder.c: whether a process writes to the folder, found out without
 * touching the lock; *process is its number, 0 if that is not known. */
bool index_lock_holder(const FolderHandle *folder, long *process);

#endif
