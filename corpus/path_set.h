/* path_set.h - a set of paths; private to corpus/. */
#ifndef QUERN_CORPUS_PATH_SET_H
#define QUERN_CORPUS_PATH_SET_H

#include "common/base/arena.h"

#include <stdbool.h>

/* Start with {0}. */
typedef struct PathSet {
    Arena paths;
    Span *slots; /* owned; a power of two, at most half are taken */
    size_t capacity, count;
} PathSet;

/* Adds a copy; *is_new: it was not there. */
NODISCARD Status path_set_add(PathSet *set, Span path, bool *is_new,
                              Error *error);

void path_set_release(PathSet *set);

#endif
