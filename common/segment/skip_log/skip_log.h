/* skip_log.h - what was skipped, cut or dropped when an index was made.
 *
 * Entries are read in order, each borrowed until the next. An index from which
 * nothing was skipped has no skip log, nor has one made before this section
 * existed.
 */
#ifndef QUERN_SKIP_LOG_SKIP_LOG_H
#define QUERN_SKIP_LOG_SKIP_LOG_H

#include "common/base/buf.h"
#include "common/segment/segment.h"

typedef struct SkipLogEntry {
    SkipLogKind kind;
    Span source;           /* a path, any bytes */
    uint64_t line, column; /* of the problem, from 1; 0: the whole source */
    uint64_t offset;       /* of the record, in bytes of the unpacked source */
    Span reason;
} SkipLogEntry;

/* How many there were of each kind, and how many have an entry. */
typedef struct SkipLogCounts {
    uint64_t of_kind[SKIP_LOG_KINDS];
    uint64_t entries;
} SkipLogCounts;

/* "skipped", "changed", "duplicate" */
const char *skip_log_kind_name(SkipLogKind kind);

/* Adds the counts of this segment's skip log, if it has one. */
NODISCARD Status skip_log_count(Segment *segment, SkipLogCounts *counts,
                                Error *error);

typedef struct SkipLogWalk {
    Segment *segment; /* borrowed */
    const uint8_t *at, *end;
    uint64_t left; /* entries */
    Buf source, reason;
} SkipLogWalk;

/* Verifies the whole section. {0} is fine to release. */
NODISCARD Status skip_log_walk_start(SkipLogWalk *walk, Segment *segment,
                                     Error *error);
NODISCARD Status skip_log_walk_next(SkipLogWalk *walk, SkipLogEntry *out,
                                    bool *found, Error *error);
void skip_log_walk_release(SkipLogWalk *walk);

#endif
