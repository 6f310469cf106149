/* writer_find.c - the live document with an id, as it will be after the next
 * commit. */
#include "indexer/update/index_writer_internal.h"

Status writer_find(IndexWriter *writer, Span id, size_t *segment,
                   uint32_t *docid, bool *found, Error *error)
{
    *found = false;
    if (!writer->index) return OK;
    writer->finder.index = writer->index;
    Status status = id_finder_find(&writer->finder, id, segment, docid, found,
                                   error);
    if (status == OK && *found)
        *found = !removal_set_has(&writer->removed, *segment, *docid);
    return status;
}
