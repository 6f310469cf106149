/* json_string.h - decodes the strings of JSON. */
#ifndef QUERN_INPUT_JSON_STRING_H
#define QUERN_INPUT_JSON_STRING_H

#include "common/base/span.h"

/* Writes the string between two quotes, whose escapes have been checked, with
 * its escapes decoded; returns the end. Never longer than `raw`. Sets
 * *has_lone if a lone surrogate (\ud800) became U+FFFD. */
uint8_t *json_string_decode(Span raw, uint8_t *out, bool *has_lone);

#endif
