/* seen_fields.h - which fields the records of a source have.
 *
 * Kept to report fields that the options name and no record has. A field is a
 * key, a column or a tag. Private to corpus/.
 */
#ifndef QUERN_CORPUS_SEEN_FIELDS_H
#define QUERN_CORPUS_SEEN_FIELDS_H

#include "corpus/reader.h"

enum { SEEN_NAMES = 16 };

typedef struct SeenFields {
    const Source *source; /* borrowed */
    uint64_t records;
    bool id, title, text; /* found in a record */
    Buf names;            /* the first found, each once, ended by a zero */
    size_t name_count;
    uint64_t value_bytes[SEEN_NAMES]; /* of the names, in all records noted */
    bool more; /* were seen than noted, or some that do not fit a message */
} SeenFields;

/* Counts a record; true if its fields should be noted. */
bool seen_fields_next(SeenFields *seen);
void seen_fields_note(SeenFields *seen, Span name, size_t value_bytes);

/* The noted names one after the other: the one after `name`, the first for
 * NULL; NULL after the last. */
const char *seen_fields_name(const SeenFields *seen, const char *name);

/* "the fields are id, contents; did you mean 'contents'?"; wanted may be NULL.
 */
void seen_fields_put(const SeenFields *seen, const char *wanted, Buf *out);

/* ERR_USAGE: "SOURCE: MISSING in the first 7 records; the fields are ...", and
 * the name like the wanted one. Where that is NULL, because no field was
 * recognised, suggests fields to the listener first. */
Status seen_fields_fail(const SeenFields *seen, const char *missing,
                        const char *wanted, Error *error);

/* Whether enough was seen to judge: just after the first 1,000 records, and at
 * the end of the source, if it has records. */
bool seen_fields_enough(const SeenFields *seen, bool at_end);

/* ERR_USAGE if enough was seen, but not a field that the options name. */
NODISCARD Status seen_fields_check(const SeenFields *seen, bool at_end,
                                   Error *error);

void seen_fields_release(SeenFields *seen);

#endif
