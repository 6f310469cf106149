/* json_check.h - finds the position of a syntax error in a JSON object. */
#ifndef QUERN_INPUT_JSON_CHECK_H
#define QUERN_INPUT_JSON_CHECK_H

#include "common/base/span.h"

/* The offset of the first error: an invalid byte within a token, or the start
 * of an unexpected token; the record's size if it ends too early, or without an
 * error. */
size_t json_check(Span record);

#endif
