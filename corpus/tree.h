/* tree.h - the files below a folder, in byte order of names; private to
 * corpus/.
 *
 * Hidden entries (.name) are left out and counted, unless they are included.
 * Links are followed, except back into a folder on the way down. Such loops,
 * dangling links, folders that are unreadable or that the listener refuses, and
 * entries that are neither file nor folder are reported as skipped.
 */
#ifndef QUERN_CORPUS_TREE_H
#define QUERN_CORPUS_TREE_H

#include "corpus/corpus.h"

typedef struct Tree Tree;

/* ERR_IO if the folder itself cannot be read. */
NODISCARD Status tree_open(const char *folder, bool hidden,
                           const CorpusListener *listener, Tree **out,
                           Error *error);

/* The next regular file: the folder as given, a slash, the path below it.
 * Borrowed until the next call; *path is NULL after the last. */
NODISCARD Status tree_next(Tree *tree, const char **path, Error *error);

/* How many hidden entries were left out so far. */
uint64_t tree_hidden(const Tree *tree);

void tree_close(Tree *tree); /* NULL is fine */

#endif
