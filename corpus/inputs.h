/* inputs.h - the files that the inputs name, in order; private to corpus/.
 *
 * A folder is walked (tree.h); "-" is standard input.
 */
#ifndef QUERN_CORPUS_INPUTS_H
#define QUERN_CORPUS_INPUTS_H

#include "corpus/tree.h"

typedef struct Inputs {
    const char *const *names; /* borrowed */
    size_t count, next;
    bool hidden; /* hidden files of folders are included */
    const CorpusListener *listener;
    Tree *tree;           /* while an input is a folder */
    uint64_t total_bytes; /* 0 if an input is not a regular file */
} Inputs;

/* Checks that all inputs exist, that none is refused, and that fields are not
 * asked for where there are only folders of whole documents. Borrows all. */
NODISCARD Status inputs_init(Inputs *inputs, const CorpusOptions *options,
                             const char *const *names, size_t count,
                             const CorpusListener *listener, Error *error);

/* The next file, borrowed until the next call; *name is NULL after the last.
 * inputs->tree is not NULL if it was found in a folder. */
NODISCARD Status inputs_next(Inputs *inputs, const char **name, Error *error);

void inputs_release(Inputs *inputs); /* {0} is fine */

#endif
