/* manifest_internal.h - values as MANIFEST writes them.
 *
 * Each returns false for a value of another form. For manifest*.c.
 */
#ifndef QUERN_SEGMENT_MANIFEST_INTERNAL_H
#define QUERN_SEGMENT_MANIFEST_INTERNAL_H

#include "common/base/span.h"

#include <stdbool.h>

enum { HASH_DIGITS = 16 };

bool manifest_number(Span value, uint64_t *out); /* decimal */
bool manifest_hash(Span value, uint64_t *out);   /* HASH_DIGITS of base 16 */
bool manifest_float(Span value, float *out);     /* finite, not negative */
bool manifest_yes(Span value, bool *out);        /* yes or no */

/* HASH.SUFFIX: nothing else may be opened through a manifest. */
bool manifest_file_name(Span name, const char *suffix);

#endif
