/* check_index_ids.c - no two live documents in two segments have the same id.
 *
 * The hashes of all ids are sorted; only ids with equal ones are compared.
 */
#include "common/base/escaped_text.h"
#include "common/base/hash.h"
#include "common/segment/check/segment_check.h"
#include "common/segment/documents/documents.h"

#include <stdlib.h>

typedef struct HashedId {
    uint64_t hash;
    uint32_t segment, docid;
} HashedId;

static int compare_hashes(const void *left, const void *right)
{
    const HashedId *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    if (a->segment != b->segment) return a->segment < b->segment ? -1 : 1;
    return (a->docid > b->docid) - (a->docid < b->docid);
}

static Status hash_ids(const Index *index, HashedId *out, Error *error)
{
    Buf id = {0};
    Status status = OK;
    for (uint32_t s = 0; s < index->manifest.segment_count; s++) {
        Segment *segment = index->segments[s];
        for (uint32_t d = 0; status == OK && d < segment->document_count; d++) {
            if (!index_is_live(index, s, d)) continue;
            buf_clear(&id);
            status = document_id(segment, d, &id, error);
            *out++ = (HashedId){hash_span(buf_span(&id)), s, d};
        }
    }
    buf_release(&id);
    return status;
}

/* ERR_CORRUPT if two documents with the same hash have the same id, too. */
static Status compare_ids(const Index *index, const HashedId *a,
                          const HashedId *b, Error *error)
{
    Buf one = {0}, other = {0}, shown = {0};
    Status status = document_id(index->segments[a->segment], a->docid, &one,
                                error);
    if (status == OK) {
        status = document_id(index->segments[b->segment], b->docid, &other,
                             error);
    }
    if (status == OK && span_equal(buf_span(&one), buf_span(&other))) {
        put_escaped(&shown, buf_span(&one));
        const char *text = buf_text(&shown);
        status = fail(error, ERR_CORRUPT,
                      "%s: section ids: the id '%.200s' is also in %s",
                      index->segments[b->segment]->path, text ? text : "",
                      index->manifest.segments[a->segment].name);
    }
    buf_release(&one);
    buf_release(&other);
    buf_release(&shown);
    return status;
}

static Status find_equal_ids(const Index *index, const HashedId *ids,
                             uint64_t count, CheckReport *report, Error *error)
{
    for (uint64_t i = 1; i < count; i++) {
        if (ids[i].hash != ids[i - 1].hash) continue;
        if (ids[i].segment == ids[i - 1].segment) continue;
        Status status = compare_ids(index, &ids[i - 1], &ids[i], error);
        if (status == ERR_CORRUPT) {
            check_report_add(report, error);
        } else if (status != OK) {
            return status;
        }
    }
    return OK;
}

Status check_ids_differ(const Index *index, CheckReport *report, Error *error)
{
    uint64_t count = index->manifest.document_count;
    if (index->manifest.segment_count < 2) return OK;
    HashedId *ids = count < SIZE_MAX / sizeof *ids
                        ? malloc(count * sizeof *ids + 1)
                        : NULL;
    if (!ids) return fail_memory(error, "comparing ids");
    Status status = hash_ids(index, ids, error);
    if (status == OK) {
        qsort(ids, count, sizeof *ids, compare_hashes);
        status = find_equal_ids(index, ids, count, report, error);
    }
    free(ids);
    /* An id that cannot be read has been reported with its segment. */
    return status == ERR_CORRUPT ? OK : status;
}
