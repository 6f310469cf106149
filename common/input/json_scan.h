/* json_scan.h - where a JSON value ends, without reading what it says.
 *
 * Counts brackets outside strings, so it finds the end of a value that is not
 * quite JSON too, and a reader can go on behind it.
 */
#ifndef QUERN_INPUT_JSON_SCAN_H
#define QUERN_INPUT_JSON_SCAN_H

#include "common/base/span.h"

/* Start with {0}. */
typedef struct JsonScan {
    size_t depth;
    bool in_string, escaped;
} JsonScan;

/* A StreamRecordEnd: `self` is a JsonScan and bytes start at the value. A
 * value that is no object, list or string ends before a comma, a closing
 * bracket or white space. Starts anew after each end it finds. */
bool json_scan_end(void *self, Span bytes, size_t from, size_t *end);

#endif
