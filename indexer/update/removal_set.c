/* removal_set.c - the documents of an index that a writer removes. */
#include "indexer/update/removal_set.h"

#include <stdlib.h>

static Status make_segments(RemovalSet *set, const Index *index, Error *error)
{
    size_t count = index->manifest.segment_count;
    set->segments = calloc(count + 1, sizeof *set->segments);
    if (!set->segments) return fail_memory(error, "removing a document");
    set->segment_count = count;
    return OK;
}

Status removal_set_add(RemovalSet *set, const Index *index, size_t segment,
                       uint32_t docid, Error *error)
{
    if (!set->segments) {
        Status status = make_segments(set, index, error);
        if (status != OK) return status;
    }
    SegmentRemovals *removals = &set->segments[segment];
    if (!removals->bits) {
        uint32_t documents = index->segments[segment]->document_count;
        removals->bits = calloc((size_t)documents / 64 + 1,
                                sizeof *removals->bits);
        if (!removals->bits) return fail_memory(error, "removing a document");
    }
    removals->bits[docid / 64] |= UINT64_C(1) << (docid % 64);
    removals->count++;
    set->count++;
    return OK;
}

void removal_set_release(RemovalSet *set)
{
    for (size_t i = 0; i < set->segment_count; i++) free(set->segments[i].bits);
    free(set->segments);
    *set = (RemovalSet){0};
}
