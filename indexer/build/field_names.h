/* field_names.h - the names of the stored fields of an index.
 *
 * First those that the options name, then those that documents have besides
 * (mails have from, to, date and message-id), in the order in which they are
 * read. So the names, too, depend on the documents alone.
 */
#ifndef QUERN_BUILD_FIELD_NAMES_H
#define QUERN_BUILD_FIELD_NAMES_H

#include "common/base/arena.h"
#include "corpus/document.h"

typedef struct FieldNames {
    Buf names;   /* const char *[] */
    Arena added; /* copies of those that the options did not name */
} FieldNames;

/* Borrows the names; the first failure is reported by field_names_add. */
void field_names_init(FieldNames *names, const char *const *given,
                      size_t count);
void field_names_release(FieldNames *names);

/* Adds the names of the document's fields that are new. */
NODISCARD Status field_names_add(FieldNames *names, const Document *document,
                                 Error *error);

/* Borrowed until the next call. */
const char *const *field_names_list(const FieldNames *names, size_t *count);

#endif
