/* check_skip_log.c - the skip log of a segment, entry by entry. */
#include "common/segment/check/segment_check_internal.h"
#include "common/segment/skip_log/skip_log.h"

static Status check_entries(Segment *segment, SkipLogWalk *walk,
                            const SkipLogCounts *counts, Error *error)
{
    uint64_t met[SKIP_LOG_KINDS] = {0};
    for (;;) {
        SkipLogEntry entry;
        bool found;
        Status status = skip_log_walk_next(walk, &entry, &found, error);
        if (status != OK || !found) return status;
        if (++met[entry.kind] > counts->of_kind[entry.kind]) {
            return segment_fail(segment, SECTION_SKIP_LOG, error,
                                "more entries of kind %s than its count",
                                skip_log_kind_name(entry.kind));
        }
    }
}

Status check_skip_log(Segment *segment, Error *error)
{
    SkipLogCounts counts = {0};
    SkipLogWalk walk = {0};
    Status status = skip_log_count(segment, &counts, error);
    if (status == OK) status = skip_log_walk_start(&walk, segment, error);
    if (status == OK) status = check_entries(segment, &walk, &counts, error);
    skip_log_walk_release(&walk);
    return status;
}
