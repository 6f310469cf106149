/* ignore_glob.h - whether a path matches a pattern of .gitignore; private to
 * corpus/.
 *
 * As in gitignore(5), on bytes: `*` is any bytes but a slash, `?` one of them,
 * `[a-z]`, `[!a-z]` and `[[:digit:]]` one of a set, `\` takes the next byte as
 * it is. A component of the path that is only stars, at least two, is any
 * number of components. A pattern with an open bracket or a backslash at its
 * end matches nothing.
 */
#ifndef QUERN_CORPUS_IGNORE_GLOB_H
#define QUERN_CORPUS_IGNORE_GLOB_H

#include "common/base/span.h"

/* Neither begins or ends with a slash. Time is at most the product of both
 * sizes, times the components of the path. */
bool ignore_glob_matches(Span glob, Span path);

/* How many bytes come before the first one with a meaning. */
size_t ignore_glob_literal(Span glob);

#endif
