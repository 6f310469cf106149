/* index_ids.c - the live document of an id, in a whole index. */
#include "common/segment/documents/index_ids.h"

#include "common/segment/documents/documents.h"

/* Newer segments first: there is what was changed. */
Status index_find_id(const Index *index, Span id, size_t *segment,
                     uint32_t *docid, bool *found, Error *error)
{
    *found = false;
    *segment = 0;
    *docid = 0;
    for (size_t i = index->manifest.segment_count; i > 0; i--) {
        bool known;
        Status status = document_find(index->segments[i - 1], id, docid, &known,
                                      error);
        if (status != OK) return status;
        if (!known || !index_is_live(index, i - 1, *docid)) continue;
        *segment = i - 1;
        *found = true;
        return OK;
    }
    return OK;
}

Status index_first_id(const Index *index, Buf *out, Error *error)
{
    uint32_t docid = 0;
    size_t segment = 0; /* each has a live document */
    while (!index_is_live(index, segment, docid)) docid++;
    return document_id(index->segments[segment], docid, out, error);
}
