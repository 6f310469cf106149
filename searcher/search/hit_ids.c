/* hit_ids.c - prefetches the ids of hits that are read one after the other. */
#include "searcher/search/hit_ids.h"

#include "common/segment/documents/documents.h"

enum { IDS_AHEAD = 8 };

void hit_ids_prefetch(const Index *index, const Hit *hits, size_t count,
                      size_t at)
{
    uint32_t docid;
    size_t number;
    if (at + 2 * IDS_AHEAD < count) {
        uint64_t far = hits[at + 2 * IDS_AHEAD].document;
        Segment *segment = index_locate(index, far, &docid, &number);
        document_id_fetch_place(segment, docid);
    }
    if (at + IDS_AHEAD < count) {
        uint64_t near = hits[at + IDS_AHEAD].document;
        Segment *segment = index_locate(index, near, &docid, &number);
        document_id_fetch(segment, docid);
    }
}
