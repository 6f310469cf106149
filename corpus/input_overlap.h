/* input_overlap.h - whether a file can be reached through more than one input;
 * private to corpus/.
 */
#ifndef QUERN_CORPUS_INPUT_OVERLAP_H
#define QUERN_CORPUS_INPUT_OVERLAP_H

#include "common/base/arena.h"

#include <stdbool.h>

/* The real paths of inputs. Start with {0}. */
typedef struct RealPaths {
    Arena arena;
    Span *paths; /* owned */
    size_t count;
    Span folder, real_folder; /* of the last input, as given and real */
} RealPaths;

/* Adds an existing file or folder, which may be a link itself; one without a
 * real path (its folder is gone) is left out. A failure is kept in
 * arena.status. */
void real_paths_add(RealPaths *paths, const char *input, bool is_link);

/* Whether one is in another, or two are equal. Sorts them. */
bool real_paths_overlap(RealPaths *paths);

void real_paths_release(RealPaths *paths);

#endif
