/* adjacent.h - the positions at which two words of a phrase match. */
#ifndef QUERN_CURSORS_ADJACENT_H
#define QUERN_CURSORS_ADJACENT_H

#include <stdint.h>

/* How many more values `others` must be readable for. */
enum { ADJACENT_ROOM = 16 };

/* Keeps those of the ascending `values` for which value + shift is one of
 * `others` + other_shift; returns how many. Values are below POSITION_LIMIT, as
 * shifts are. */
uint32_t adjacent_keep(uint32_t *values, uint32_t count, uint32_t shift,
                       const uint32_t *others, uint32_t other_count,
                       uint32_t other_shift);

/* The same for at most ADJACENT_ROOM values and 1 to ADJACENT_ROOM others, with
 * greater numbers in the rest of their room; between = shift - other_shift,
 * modulo 2^32. */
uint32_t adjacent_keep_few(uint32_t *values, uint32_t count, uint32_t between,
                           const uint32_t *others, uint32_t other_count);

#endif
