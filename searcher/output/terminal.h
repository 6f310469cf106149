/* terminal.h - properties of standard output: terminal, width, colours. */
#ifndef QUERN_OUTPUT_TERMINAL_H
#define QUERN_OUTPUT_TERMINAL_H

#include "common/base/character.h"

typedef enum ColorChoice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorChoice;

typedef struct Terminal {
    bool is_terminal;
    bool has_rich_layout; /* a terminal, or --color always (to a pager) */
    bool colors;
    size_t width; /* columns, at least 40 */
} Terminal;

/* Precedence: --color, NO_COLOR (if set and not empty), TERM=dumb, whether
 * stdout is a terminal. */
Terminal terminal_look(ColorChoice choice);

/* Columns of a code point of `size` bytes: 0 for combining marks, 2 for East
 * Asian wide characters and emoji. */
size_t character_columns(const uint8_t *bytes, size_t size);

size_t text_columns(Span text);

#endif
