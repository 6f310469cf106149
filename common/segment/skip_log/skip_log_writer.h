/* skip_log_writer.h - keeps what did not come into the index, for its skip log.
 *
 * Entries go to a spool as they will stand in the section (FORMAT.md, skip log)
 * until they fill its limit; from then on they are only counted. So the skip
 * log of an input with nothing but bad records takes neither memory nor disk
 * without end, and says itself how many it does not tell of. A builder: its
 * first failure is kept for skip_log_writer_check. One thread.
 */
#ifndef QUERN_SKIP_LOG_SKIP_LOG_WRITER_H
#define QUERN_SKIP_LOG_SKIP_LOG_WRITER_H

#include "common/segment/segment_writer.h"
#include "common/segment/skip_log/skip_log.h"

enum { SKIP_LOG_LIMIT_BYTES = 16 << 20 }; /* a million entries and more */

typedef struct SkipLogWriter {
    Spool entries;
    uint64_t limit; /* bytes of entries */
    bool full;
    SkipLogCounts counts;
    Buf source, reason; /* of the last entry */
    Buf record;         /* scratch */
} SkipLogWriter;

void skip_log_writer_init(SkipLogWriter *writer, const char *folder,
                          size_t memory_limit, uint64_t limit);
void skip_log_writer_release(SkipLogWriter *writer);

/* Copies the entry; what is longer than the format takes is cut. */
void skip_log_writer_put(SkipLogWriter *writer, const SkipLogEntry *entry);

/* All that was counted, told or not. */
uint64_t skip_log_writer_total(const SkipLogWriter *writer);

NODISCARD Status skip_log_writer_check(const SkipLogWriter *writer,
                                       Error *error);

/* The section skip log; none if there is nothing to tell. */
void skip_log_writer_write(const SkipLogWriter *writer, SegmentWriter *out);

#endif
