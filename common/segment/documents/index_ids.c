/* index_ids.c - the live document of an id, in a whole index. */
#include "common/segment/documents/index_ids.h"

#include "common/segment/documents/documents.h"

#include <stdlib.h>

enum {
    /* Look-ups of 1/16 of the documents cost as much as hashing all ids. */
    LOOKUP_SHARE = 16,
    MAX_HASHES = 1 << 20 /* of a segment: 8 MB */
};

typedef struct SegmentIds {
    uint64_t *hashes; /* NULL: not read */
    uint32_t lookups;
} SegmentIds;

/* The live document in one segment; `known` may be NULL. */
static Status find_in(const Index *index, size_t number, SegmentIds *known,
                      Span id, uint32_t *docid, bool *found, Error *error)
{
    Segment *segment = index->segments[number];
    uint32_t count = segment->document_count;
    Status status = OK;
    if (known && !known->hashes && count <= MAX_HASHES &&
        ++known->lookups > count / LOOKUP_SHARE)
        status = document_id_hashes(segment, &known->hashes, error);
    if (status != OK) return status;
    status = document_find_hashed(segment, known ? known->hashes : NULL, id,
                                  docid, found, error);
    *found = status == OK && *found && index_is_live(index, number, *docid);
    return status;
}

/* Newer segments first: there is what was changed. */
static Status find(const Index *index, SegmentIds *known, Span id,
                   size_t *segment, uint32_t *docid, bool *found, Error *error)
{
    *found = false;
    *segment = 0;
    *docid = 0;
    Status status = OK;
    for (size_t i = index->manifest.segment_count; status == OK && i > 0; i--) {
        status = find_in(index, i - 1, known ? &known[i - 1] : NULL, id, docid,
                         found, error);
        *segment = i - 1;
        if (*found) break;
    }
    return status;
}

Status index_find_id(const Index *index, Span id, size_t *segment,
                     uint32_t *docid, bool *found, Error *error)
{
    return find(index, NULL, id, segment, docid, found, error);
}

Status id_finder_find(IdFinder *finder, Span id, size_t *segment,
                      uint32_t *docid, bool *found, Error *error)
{
    size_t count = finder->index->manifest.segment_count;
    *found = false;
    if (!finder->segments)
        finder->segments = calloc(count + 1, sizeof *finder->segments);
    if (!finder->segments) return fail_memory(error, "looking up ids");
    return find(finder->index, finder->segments, id, segment, docid, found,
                error);
}

void id_finder_release(IdFinder *finder)
{
    size_t count = finder->segments ? finder->index->manifest.segment_count : 0;
    for (size_t i = 0; i < count; i++) free(finder->segments[i].hashes);
    free(finder->segments);
    *finder = (IdFinder){0};
}
