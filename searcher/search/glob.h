/* glob.h - a pattern of paths, as gitignore and ripgrep have them.
 *
 * A glob is compared with a path part by part, as slashes divide both. Within a
 * part `*` stands for any characters, `?` for one, [abc], [a-z] and [!abc] for
 * one of these or one that is none of them, and a backslash takes what follows
 * as it is. A part `**` stands for any number of parts, none too. A glob fits
 * from any part of the path on, except with / or ./ at its front, and fits all
 * that lies below what it names; with a slash at its end, or a part `**`, only
 * that.
 *
 * The time is at most that of comparing each part of a glob with each of a
 * path, and each character of the one with each of the other, however many
 * stars.
 */
#ifndef QUERN_SEARCH_GLOB_H
#define QUERN_SEARCH_GLOB_H

#include "common/base/arena.h"
#include "common/base/span.h"

/* Parts of a path; "**" any number of them. The last one is "**". */
typedef struct Glob {
    Span *parts;
    size_t count;
} Glob;

/* False if it names nothing (an empty one, "/"), or if the arena, which holds
 * the parts, has no memory. `text` is borrowed. */
bool glob_read(const char *text, Arena *arena, Glob *out);

bool glob_fits(const Glob *glob, Span path);

#endif
