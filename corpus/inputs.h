/* inputs.h - the files that the inputs name, in order; private to corpus/.
 *
 * A folder is walked (tree.h); "-" is standard input. Links that are inputs are
 * followed.
 */
#ifndef QUERN_CORPUS_INPUTS_H
#define QUERN_CORPUS_INPUTS_H

#include "corpus/tree.h"

typedef struct Inputs {
    const char *const *names; /* borrowed */
    size_t count, next;
    TreeSetup setup;      /* with `seen`, if a file can be reached twice */
    Tree *tree;           /* while an input is a folder */
    LeftOut left_out;     /* by the walks that ended */
    PathSet seen;         /* real paths of the files so far */
    uint64_t total_bytes; /* 0 if an input is not a regular file */
} Inputs;

/* Checks that all inputs exist and can be read, that none is refused, and that
 * fields are not asked for where there are only folders of whole documents.
 * Borrows all; `inputs` must not move afterwards. */
NODISCARD Status inputs_init(Inputs *inputs, const CorpusOptions *options,
                             const char *const *names, size_t count,
                             const CorpusListener *listener, Error *error);

/* The next file, borrowed until the next call; *name is NULL after the last.
 * inputs->tree is not NULL if it was found in a folder. A file that was reached
 * before by its real path is left out; so is, as skipped, a folder that cannot
 * be read any more. */
NODISCARD Status inputs_next(Inputs *inputs, const char **name, Error *error);

/* By all walks so far. */
LeftOut inputs_left_out(const Inputs *inputs);

void inputs_release(Inputs *inputs); /* {0} is fine */

#endif
