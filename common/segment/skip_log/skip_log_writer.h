/* skip_log_writer.h - collects what was not indexed, and writes the section
 * skip_log.
 *
 * Entries go to a spool in the form of the section (FORMAT.md, skip_log) until
 * they reach its limit; from then on they are only counted. So the skip log of
 * an input with nothing but bad records stays small, and its counts show how
 * many have no entry. A builder: its first failure is kept for
 * skip_log_writer_check. One thread.
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

/* Copies the entry; source and reason are truncated to the limits of the
 * format. */
void skip_log_writer_put(SkipLogWriter *writer, const SkipLogEntry *entry);

/* All that was counted, with an entry or not. */
uint64_t skip_log_writer_total(const SkipLogWriter *writer);

NODISCARD Status skip_log_writer_check(const SkipLogWriter *writer,
                                       Error *error);

/* Writes the section, if anything was counted. */
void skip_log_writer_write(const SkipLogWriter *writer, SegmentWriter *out);

#endif
