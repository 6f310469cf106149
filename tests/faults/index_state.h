/* index_state.h - whether an index folder is what it was, or the new index.
 *
 * Two states of a folder are kept in memory, the old index and the one that a
 * build makes of it. A folder must always be one of the two, to the byte (but
 * for the date in MANIFEST), with nothing beside it.
 */
#ifndef QUERN_FAULTS_INDEX_STATE_H
#define QUERN_FAULTS_INDEX_STATE_H

#include "common/base/buf.h"

#include <stdbool.h>
#include <stdio.h>

enum { MAX_STATE_FILES = 16 };

typedef struct StateFile {
    char name[64];
    Buf bytes;
} StateFile;

typedef struct IndexState {
    size_t count; /* 0: there is no folder */
    StateFile files[MAX_STATE_FILES];
} IndexState;

/* What lies in the folder, but LOCK. */
void index_state_take(const char *folder, IndexState *out);
void index_state_release(IndexState *state);

/* Makes the folder hold the files of the state and no others; of an empty
 * state, makes it vanish. */
void index_state_restore(const char *folder, const IndexState *state);

/* The files' names and sizes, and what the MANIFEST says. */
void index_state_print(const IndexState *state, FILE *out);

/* The same segments, and MANIFESTs that differ in a date at most. */
bool index_state_same(const IndexState *a, const IndexState *b);

/* Whether all that `part` has is in `whole` too: what a build leaves that
 * failed after its manifest was in force. */
bool index_state_holds(const IndexState *whole, const IndexState *part);

#endif
