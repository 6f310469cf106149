/* index_lock.h - the file LOCK in the folder of an index: one writer at a time;
 * private to indexer/build.
 */
#ifndef QUERN_BUILD_INDEX_LOCK_H
#define QUERN_BUILD_INDEX_LOCK_H

#include "common/base/folder.h"

#define LOCK_NAME "LOCK"

/* Takes the lock, a flock that ends with the process; *created: LOCK was not
 * there. ERR_CONFLICT if another process has it. */
NODISCARD Status index_lock_take(const FolderHandle *folder, int *lock,
                                 bool *created, Error *error);

void index_lock_release(int lock);

#endif
