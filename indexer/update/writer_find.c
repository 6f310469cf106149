/* writer_find.c - the live document with an id, as it will be after the next
 * commit. */
#include "common/segment/documents/index_ids.h"
#include "indexer/update/index_writer_internal.h"

Status writer_find(const IndexWriter *writer, Span id, size_t *segment,
                   uint32_t *docid, bool *found, Error *error)
{
    *found = false;
    if (!writer->index) return OK;
    Status status = index_find_id(writer->index, id, segment, docid, found,
                                  error);
    if (status == OK && *found)
        *found = !removal_set_has(&writer->removed, *segment, *docid);
    return status;
}
