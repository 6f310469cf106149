/* index_state.h - whether an index folder is unchanged, or the new index.
 *
 * Two states of a folder are kept in memory, the old index and the one that a
 * build makes of it. A folder must always be one of the two, to the byte
 * (except the dates in MANIFEST and the history), with no other files.
 */
#ifndef QUERN_FAULTS_INDEX_STATE_H
#define QUERN_FAULTS_INDEX_STATE_H

#include "common/base/buf.h"

#include <stdbool.h>
#include <stdio.h>

enum { MAX_STATE_FILES = 32 };

typedef struct StateFile {
    char name[64];
    Buf bytes;
} StateFile;

typedef struct IndexState {
    size_t count; /* 0: the folder does not exist */
    StateFile files[MAX_STATE_FILES];
} IndexState;

/* The files in the folder, except LOCK. */
void index_state_take(const char *folder, IndexState *out);
void index_state_release(IndexState *state);

/* Makes the folder contain the files of the state and no others; removes it for
 * an empty state. */
void index_state_restore(const char *folder, const IndexState *state);

/* The names and sizes of the files, and the MANIFEST. */
void index_state_print(const IndexState *state, FILE *out);

/* The same segments, and MANIFESTs that differ in a date at most. */
bool index_state_same(const IndexState *a, const IndexState *b);

/* Whether all files of `part` are in `whole` too: the state after a build that
 * failed when its manifest was in force. */
bool index_state_holds(const IndexState *whole, const IndexState *part);

/* Whether the index in a folder whose bytes are known to be good can be opened;
 * if not, standard error says why. */
bool index_state_opens(const char *folder);

#endif
