/* json_check.h - where a record stops being a JSON object. */
#ifndef QUERN_INPUT_JSON_CHECK_H
#define QUERN_INPUT_JSON_CHECK_H

#include "common/base/span.h"

/* The byte from which on the record is no JSON object: a wrong byte inside a
 * token, the first of a token that must not stand there; its size if it ends
 * too early, or if nothing is wrong. */
size_t json_check(Span record);

#endif
