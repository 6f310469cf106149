/* ignore_git.h - where a git repository keeps patterns outside of its folders;
 * private to corpus/.
 */
#ifndef QUERN_CORPUS_IGNORE_GIT_H
#define QUERN_CORPUS_IGNORE_GIT_H

#include "common/base/buf.h"

#include <stdbool.h>

/* Whether the folder is the root of a repository; then *exclude is the path of
 * its info/exclude, which may not exist. A `.git` that is a file, as in a
 * worktree or a submodule, names the folder. Memory is checked with buf_check.
 */
bool ignore_git_find(const char *folder, Buf *exclude);

/* Appends a small regular file; false with errno if it cannot be read, with
 * EFBIG if it has more than IGNORE_FILE_MAX_BYTES. */
enum { IGNORE_FILE_MAX_BYTES = 16 << 20 };
bool ignore_file_read(const char *path, Buf *out);

#endif
