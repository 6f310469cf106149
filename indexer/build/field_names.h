/* field_names.h - the names of the stored fields of an index.
 *
 * First those that the options name, then others in the order in which
 * documents have them (those of a dump, corpus/dump_record.h), up to
 * FIELD_NAMES_MAX: so a segment has the same names whatever the threads.
 */
#ifndef QUERN_BUILD_FIELD_NAMES_H
#define QUERN_BUILD_FIELD_NAMES_H

#include "common/base/arena.h"
#include "corpus/document.h"

enum { FIELD_NAMES_MAX = 1024 };

/* Starts as {0}. */
typedef struct FieldNames {
    const char **names; /* owned */
    size_t count, capacity;
    Arena arena;
} FieldNames;

/* Adds the names that the options give, which it borrows. */
NODISCARD Status field_names_start(FieldNames *self, const char *const *names,
                                   size_t count, Error *error);

/* Adds those of the document's fields that are new; *all is false if there are
 * too many. */
NODISCARD Status field_names_add(FieldNames *self, const Document *document,
                                 bool *all, Error *error);

void field_names_release(FieldNames *self);

#endif
