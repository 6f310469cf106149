/* manifest_internal.h - keys and values as MANIFEST writes them.
 *
 * Each function returns false for a value of another form. For manifest*.c.
 */
#ifndef QUERN_SEGMENT_MANIFEST_INTERNAL_H
#define QUERN_SEGMENT_MANIFEST_INTERNAL_H

#include "common/base/buf.h"
#include "common/segment/manifest.h"

enum { HASH_DIGITS = 16 };

bool manifest_number(Span value, uint64_t *out); /* decimal */
bool manifest_hash(Span value, uint64_t *out);   /* HASH_DIGITS of base 16 */
bool manifest_float(Span value, float *out);     /* finite, not negative */
bool manifest_yes(Span value, bool *out);        /* yes or no */

/* HASH.SUFFIX: nothing else may be opened through a manifest. */
bool manifest_file_name(Span name, const char *suffix);

/* The lines of a text, one after the other. */
typedef struct ManifestParser {
    const char *name; /* for messages */
    Manifest *out;
    uint32_t version; /* of the first line */
    uint32_t line;    /* of the current line, from 1 */
    Span rest;        /* after it */
    Buf scratch;      /* a value without its escapes */
} ManifestParser;

typedef struct ManifestKey {
    const char *name;
    bool optional, repeated;
    bool (*parse)(ManifestParser *parser, Span value);
    bool is_new;     /* since version 2 */
    bool of_segment; /* goes with the segment before it */
} ManifestKey;

/* In the order in which they come. */
enum { MANIFEST_KEY_COUNT = 30 };

extern const ManifestKey manifest_keys[];

/* Takes *rest up to the next space, or all of it; moves *rest after it. */
Span manifest_take_word(Span *rest);

#endif
