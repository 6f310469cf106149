/* check_skip_log.c - the ledger of a segment, entry by entry. */
#include "common/segment/check/segment_check_internal.h"
#include "common/segment/skip_log/skip_log.h"

static Status check_entries(Segment *segment, LedgerWalk *walk,
                            const LedgerCounts *counts, Error *error)
{
    uint64_t met[LEDGER_KINDS] = {0};
    for (;;) {
        LedgerEntry entry;
        bool found;
        Status status = ledger_walk_next(walk, &entry, &found, error);
        if (status != OK || !found) return status;
        if (++met[entry.kind] > counts->of_kind[entry.kind]) {
            return segment_fail(segment, SECTION_LEDGER, error,
                                "more entries of kind %s than it counts",
                                ledger_kind_name(entry.kind));
        }
    }
}

Status check_ledger(Segment *segment, Error *error)
{
    LedgerCounts counts = {0};
    LedgerWalk walk = {0};
    Status status = ledger_count(segment, &counts, error);
    if (status == OK) status = ledger_walk_start(&walk, segment, error);
    if (status == OK) status = check_entries(segment, &walk, &counts, error);
    ledger_walk_release(&walk);
    return status;
}
