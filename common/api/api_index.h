/* api_index.h - the index of the API, for the room. */
#ifndef QUERN_API_API_INDEX_H
#define QUERN_API_API_INDEX_H

#include "common/api/api_error.h"
#include "common/segment/index.h"

#include <quern/index.h>

struct quern_index {
    Index *index; /* owned */
    Arena arena;  /* of the arrays in info */
    quern_index_info info;
    quern_analyzer_options analyzer;
};

/* The segment of a document, and its docid there; NULL, with an error, if the
 * index has no such document. */
Segment *api_locate(const quern_index *index, uint64_t document,
                    uint32_t *docid, size_t *segment_index, quern_error *error);

#endif
