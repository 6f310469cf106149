/* index_folder.h - the folder of an index, claimed for one writer.
 *
 * The claim is a lock of the system that dies with the process. An index is
 * replaced as a whole: new segments first, then the manifest in one step,
 * then what is no longer named goes. All of it is done below one descriptor of
 * the folder, and no link in it is followed.
 */
#ifndef QUERN_BUILD_INDEX_FOLDER_H
#define QUERN_BUILD_INDEX_FOLDER_H

#include "common/segment/manifest.h"
#include "indexer/build/source_modes.h"

typedef struct IndexFolder {
    char *path; /* owned */
    FolderHandle place;
    int lock;           /* of LOCK; -1: not claimed */
    bool created;       /* by us */
    bool created_lock;  /* likewise */
    bool has_index;     /* there was an index before us */
    bool published;     /* the new manifest is in force */
    mode_t folder_mode; /* for a folder that we created */
    FileAccess access;  /* for new files */
    Manifest old;       /* of that index; if it cannot be read, all segments
                           that were there */
} IndexFolder;

/* How the folder was asked for. */
typedef struct ClaimOptions {
    bool replace; /* an index that is there */
    bool unnamed; /* the default folder: it may be no link and nobody else's */
} ClaimOptions;

/* Claims the folder, making it if it is not there. ERR_CONFLICT if another
 * writer has it, if there is an index or segments and not `replace`, or if it
 * holds anything that is no index. A failure leaves no trace. */
NODISCARD Status index_folder_claim(const char *path, ClaimOptions options,
                                    IndexFolder *out, Error *error);

/* Takes from the new index what its sources do not allow. An index that is
 * replaced hands down its mode: then there is a warning. */
void index_folder_admit(IndexFolder *folder, const SourceModes *sources);

/* Why a folder cannot be indexed: it is an index itself. NULL if it is none. */
const char *index_refusal(const char *path);

/* Whether it is this folder, or a file is one of the index's own, however its
 * path is written. */
bool index_folder_is(const IndexFolder *folder, const char *path);
bool index_folder_holds(const IndexFolder *folder, const char *path);

/* Makes the manifest the one in force and removes what it does not name. The
 * segments it names are there and synced. If only the last step fails, that of
 * asking the disk to keep it, the old segments stay as well: either manifest
 * may come back after a crash. */
NODISCARD Status index_folder_publish(IndexFolder *folder,
                                      const Manifest *manifest, Error *error);

/* Removes the segments of a build that failed (those not of the old index),
 * and the folder and LOCK if they were made for it. Nothing, once published. */
void index_folder_abandon(IndexFolder *folder);

/* Adds to the reason of a failure that the old index, if there is one, is as
 * it was. */
void index_folder_note_kept(const IndexFolder *folder, Error *error);

/* Gives the claim back. */
void index_folder_release(IndexFolder *folder);

#endif
