/* glob.h - patterns of paths, as in gitignore and ripgrep.
 *
 * A glob is matched against a path component by component, as slashes divide
 * both. Within a component `*` matches any characters, `?` one character,
 * [abc], [a-z] and [!abc] one character in or not in a set, and a backslash
 * makes the next character literal. A component `**` matches any number of
 * components, also zero. A glob matches from any component of the path on, or
 * only from the start if it begins with / or ./, and also matches everything
 * below what it names; with a slash or a component `**` at its end, only that.
 *
 * The time is bounded by the product of the numbers of components, and of the
 * numbers of characters, of glob and path, however many stars there are.
 */
#ifndef QUERN_SEARCH_GLOB_H
#define QUERN_SEARCH_GLOB_H

#include "common/base/arena.h"
#include "common/base/span.h"

/* "**" matches any number of components. The last one is always "**". */
typedef struct Glob {
    Span *components;
    size_t count;
} Glob;

/* False if it names nothing (an empty one, "/"), or if the arena, which holds
 * the components, has no memory. `text` is borrowed. */
bool glob_read(const char *text, Arena *arena, Glob *out);

bool glob_fits(const Glob *glob, Span path);

#endif
