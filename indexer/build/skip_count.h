/* skip_count.h - what does not come into the index as it lay in its source:
 * counted, named, put into the skip log.
 */
#ifndef QUERN_BUILD_SKIP_COUNT_H
#define QUERN_BUILD_SKIP_COUNT_H

#include "common/segment/skip_log/skip_log_writer.h"
#include "corpus/document.h"

typedef struct Losses {
    SkipLogWriter skip_log;
    uint64_t max_errors; /* more skipped records end the reading */
} Losses;

/* Names the first few of a kind on stderr. ERR_LIMIT beyond max_errors. */
NODISCARD Status losses_note(Losses *losses, SkipLogKind kind,
                             const Place *place, const char *reason,
                             Error *error);

/* The document at `dropped` has the id of the one at `kept`, which counts. */
NODISCARD Status losses_note_duplicate(Losses *losses, Span id,
                                       const Place *dropped, const Place *kept,
                                       Error *error);

static inline uint64_t losses_of_kind(const Losses *losses, SkipLogKind kind)
{
    return losses->skip_log.counts.of_kind[kind];
}

/* How many were not named, and where all of them are. */
void losses_sum_up(const Losses *losses, const char *folder);

#endif
