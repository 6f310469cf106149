/* skip_log_writer.h - keeps what did not come into the index, for its ledger.
 *
 * Entries go to a spool as they will stand in the section (FORMAT.md, ledger)
 * until they fill its limit; from then on they are only counted. So the ledger
 * of an input with nothing but bad records takes neither memory nor disk
 * without end, and says itself how many it does not tell of. A builder: its
 * first failure is kept for ledger_writer_check. One thread.
 */
#ifndef QUERN_SKIP_LOG_SKIP_LOG_WRITER_H
#define QUERN_SKIP_LOG_SKIP_LOG_WRITER_H

#include "common/segment/segment_writer.h"
#include "common/segment/skip_log/skip_log.h"

enum { LEDGER_LIMIT_BYTES = 16 << 20 }; /* a million entries and more */

typedef struct LedgerWriter {
    Spool entries;
    uint64_t limit; /* bytes of entries */
    bool full;
    LedgerCounts counts;
    Buf source, reason; /* of the last entry */
    Buf record;         /* scratch */
} LedgerWriter;

void ledger_writer_init(LedgerWriter *writer, const char *folder,
                        size_t memory_limit, uint64_t limit);
void ledger_writer_release(LedgerWriter *writer);

/* Copies the entry; what is longer than the format takes is cut. */
void ledger_writer_put(LedgerWriter *writer, const LedgerEntry *entry);

/* All that was counted, told or not. */
uint64_t ledger_writer_total(const LedgerWriter *writer);

NODISCARD Status ledger_writer_check(const LedgerWriter *writer, Error *error);

/* The section ledger; none if there is nothing to tell. */
void ledger_writer_write(const LedgerWriter *writer, SegmentWriter *out);

#endif
