/* terminal.h - what standard output is: its width, whether it takes colour. */
#ifndef QUERN_OUTPUT_TERMINAL_H
#define QUERN_OUTPUT_TERMINAL_H

#include "common/base/character.h"

typedef enum ColorChoice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorChoice;

typedef struct Terminal {
    bool is_terminal;
    bool for_people; /* a terminal, or --color always (to a pager) */
    bool colors;
    size_t width; /* columns, at least 40 */
} Terminal;

/* --color beats NO_COLOR (set and not empty), that beats TERM=dumb, that beats
 * whether stdout is a terminal. */
Terminal terminal_look(ColorChoice choice);

/* Columns that a code point takes: 0 for combining marks, 2 for East Asian
 * wide characters and emoji. `size` is that of its bytes. */
size_t character_columns(const uint8_t *bytes, size_t size);

size_t text_columns(Span text);

#endif
