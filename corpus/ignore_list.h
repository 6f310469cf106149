/* ignore_list.h - the patterns of one .gitignore or .ignore; private to
 * corpus/.
 *
 * A pattern is a line as in gitignore(5): `#` begins a comment, `!` takes back
 * what an earlier one ignores, a slash at the end means folders only, one
 * before it that the whole path is compared, not the name alone. The last
 * pattern that matches decides.
 */
#ifndef QUERN_CORPUS_IGNORE_LIST_H
#define QUERN_CORPUS_IGNORE_LIST_H

#include "common/base/buf.h"

typedef enum IgnoreVerdict {
    IGNORE_UNDECIDED,
    IGNORE_LEFT_OUT,
    IGNORE_KEPT /* by a pattern with `!` */
} IgnoreVerdict;

/* Start with {0}. */
typedef struct IgnoreList {
    Buf text;        /* of the patterns, one after the other */
    Buf patterns;    /* IgnorePattern[] */
    size_t too_long; /* patterns that were dropped */
} IgnoreList;

/* Longer patterns are dropped and counted; a path has at most as many bytes. */
enum { IGNORE_PATTERN_MAX_BYTES = 4096 };

/* Adds the patterns of a file. A failure is kept, see ignore_list_check. */
void ignore_list_add_lines(IgnoreList *list, Span text);

/* Adds one pattern that may begin with `#`, or have blanks at its end. */
void ignore_list_add(IgnoreList *list, Span pattern);

NODISCARD Status ignore_list_check(const IgnoreList *list, Error *error);

static inline bool ignore_list_is_empty(const IgnoreList *list)
{
    return list->patterns.size == 0;
}

/* `path` is relative to the folder of the list. */
IgnoreVerdict ignore_list_match(const IgnoreList *list, Span path,
                                bool is_folder);

void ignore_list_release(IgnoreList *list);

#endif
