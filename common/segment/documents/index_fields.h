/* index_fields.h - the names of the fields that an index stores. */
#ifndef QUERN_DOCUMENTS_INDEX_FIELDS_H
#define QUERN_DOCUMENTS_INDEX_FIELDS_H

#include "common/segment/index.h"

/* In their order; none without stored text. They are the arena's. */
NODISCARD Status index_stored_fields(const Index *index, Arena *arena,
                                     const char ***names, size_t *count,
                                     Error *error);

#endif
