/* json_scan.h - finds the end of a JSON value without parsing it.
 *
 * Counts brackets outside strings, so that it also finds the end of a value
 * with syntax errors, and a reader can go on after it.
 */
#ifndef QUERN_INPUT_JSON_SCAN_H
#define QUERN_INPUT_JSON_SCAN_H

#include "common/base/span.h"

/* Start with {0}. */
typedef struct JsonScan {
    size_t depth;
    bool in_string, escaped;
} JsonScan;

/* A StreamRecordEnd: `self` is a JsonScan and `bytes` start at the value. A
 * value other than an object, array or string ends before a comma, a closing
 * bracket or white space. Resets itself after each end it finds. */
bool json_scan_end(void *self, Span bytes, size_t from, size_t *end);

/* json_check.c: finds the position of a syntax error in a JSON object. */

/* The offset of the first error: an invalid byte within a token, or the start
 * of an unexpected token; the record's size if it ends too early, or without an
 * error. */
size_t json_check(Span record);

#endif
