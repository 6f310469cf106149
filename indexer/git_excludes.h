/* git_excludes.h - the user's own file of patterns that git ignores. */
#ifndef QUERN_INDEXER_GIT_EXCLUDES_H
#define QUERN_INDEXER_GIT_EXCLUDES_H

#include "common/base/buf.h"
#include "corpus/corpus.h"

/* Appends the path that core.excludesFile has in git's configuration (of the
 * system, then of the user), or git's default; nothing if there is no home. A
 * file it includes is not read. */
void git_excludes_find(Buf *out);

/* Makes it that of the options, unless they ignore such files. `path` is empty,
 * and must live as long as they. */
NODISCARD Status git_excludes_apply(CorpusOptions *options, Buf *path,
                                    Error *error);

#endif
