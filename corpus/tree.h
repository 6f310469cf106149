/* tree.h - the files below a folder, in byte order of names; private to
 * corpus/.
 *
 * Left out and counted (left_out.h): hidden entries (.name), what patterns
 * ignore (ignore_rules.h), links, large files. `.git` is never entered. If the
 * options follow links, loops and dangling ones are reported as skipped; so are
 * always folders that are unreadable or that the listener refuses, and entries
 * that are neither file nor folder.
 */
#ifndef QUERN_CORPUS_TREE_H
#define QUERN_CORPUS_TREE_H

#include "corpus/corpus.h"
#include "corpus/path_set.h"

typedef struct Tree Tree;

/* What a walk needs; all borrowed until tree_close. */
typedef struct TreeSetup {
    const CorpusOptions *options;
    const CorpusListener *listener;
    PathSet *seen; /* the real paths of files that were found: those are left
                      out. NULL if none can be reached twice */
} TreeSetup;

/* ERR_IO if the folder itself cannot be read. */
NODISCARD Status tree_open(const char *folder, const TreeSetup *setup,
                           Tree **out, Error *error);

/* The next regular file: the folder as given, a slash, the path below it.
 * Borrowed until the next call; *path is NULL after the last. */
NODISCARD Status tree_next(Tree *tree, const char **path, Error *error);

/* So far. */
const LeftOut *tree_left_out(const Tree *tree);

void tree_close(Tree *tree); /* NULL is fine */

#endif
