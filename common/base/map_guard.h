/* map_guard.h - reports a mapped file that is truncated while in use.
 *
 * Reading a mapped page past the new end of its file raises SIGBUS, which no
 * return value can report. Programs install the guard once, at the start of
 * main; code that maps a file adds the map. The handler prints one line that
 * names the file on standard error and ends the program with status 2.
 */
#ifndef QUERN_BASE_MAP_GUARD_H
#define QUERN_BASE_MAP_GUARD_H

#include "common/base/span.h"

/* `program`, a static string, begins the line. */
void map_guard_install(const char *program);

/* Thread-safe. The path is borrowed until map_guard_remove. When the table of
 * maps is full, further ones are reported without a name. */
void map_guard_add(const char *path, Span bytes);
void map_guard_remove(Span bytes); /* no effect if empty or never added */

#endif
