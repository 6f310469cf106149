/* map_guard.h - a clear end when a mapped file is cut short by another.
 *
 * Reading a mapped page behind the new end of its file raises SIGBUS, which
 * no return value can report. Programs install the guard once, at the start
 * of main; whoever maps a file adds it. If the worst comes, one line on
 * standard error names the file, and the program ends with status 2.
 */
#ifndef QUERN_BASE_MAP_GUARD_H
#define QUERN_BASE_MAP_GUARD_H

#include "common/base/span.h"

/* `program` begins the line and must live on. */
void map_guard_install(const char *program);

/* Thread-safe. The path is borrowed until map_guard_remove. With very many
 * maps at once, some are not named when they are cut. */
void map_guard_add(const char *path, Span bytes);
void map_guard_remove(Span bytes); /* empty, or never added: fine */

#endif
