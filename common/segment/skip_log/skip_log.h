/* skip_log.h - what was skipped, cut or dropped when an index was made.
 *
 * Entries are read in order, each borrowed until the next. An index that lost
 * nothing has no ledger, nor has one from before there were ledgers.
 */
#ifndef QUERN_SKIP_LOG_SKIP_LOG_H
#define QUERN_SKIP_LOG_SKIP_LOG_H

#include "common/base/buf.h"
#include "common/segment/segment.h"

typedef struct LedgerEntry {
    LedgerKind kind;
    Span source;           /* a path, any bytes */
    uint64_t line, column; /* of the trouble, from 1; 0: all of it */
    uint64_t offset;       /* of the record, in bytes of the unpacked source */
    Span reason;
} LedgerEntry;

/* How much was lost, and how much of it is told one by one. */
typedef struct LedgerCounts {
    uint64_t of_kind[LEDGER_KINDS];
    uint64_t entries;
} LedgerCounts;

/* "skipped", "changed", "duplicate" */
const char *ledger_kind_name(LedgerKind kind);

/* Adds the counts of this segment's ledger, if it has one. */
NODISCARD Status ledger_count(Segment *segment, LedgerCounts *counts,
                              Error *error);

typedef struct LedgerWalk {
    Segment *segment; /* borrowed */
    const uint8_t *at, *end;
    uint64_t left; /* entries */
    Buf source, reason;
} LedgerWalk;

/* Verifies the whole section. {0} is fine to release. */
NODISCARD Status ledger_walk_start(LedgerWalk *walk, Segment *segment,
                                   Error *error);
NODISCARD Status ledger_walk_next(LedgerWalk *walk, LedgerEntry *out,
                                  bool *found, Error *error);
void ledger_walk_release(LedgerWalk *walk);

#endif
