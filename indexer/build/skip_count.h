/* skip_count.h - counts what does not come into the index as it was in its
 * source, puts it into the skip log, and reports it.
 */
#ifndef QUERN_BUILD_SKIP_COUNT_H
#define QUERN_BUILD_SKIP_COUNT_H

#include "indexer/build/build_listener.h"

typedef struct SkipCount {
    LedgerWriter ledger;
    uint64_t max_errors;           /* more skipped records end the reading */
    const BuildListener *listener; /* borrowed, or NULL */
} SkipCount;

/* Takes the kind, place, reason and advice; counts it. ERR_LIMIT beyond
 * max_errors. The reason may be error->message. */
NODISCARD Status skip_count_add(SkipCount *skips, BuildSkip skip, Error *error);

/* The document at `dropped` has the id of the one at `kept`. */
NODISCARD Status skip_count_add_duplicate(SkipCount *skips, Span id,
                                          const Place *dropped,
                                          const Place *kept, Error *error);

static inline uint64_t skip_count_of(const SkipCount *skips, LedgerKind kind)
{
    return skips->ledger.counts.of_kind[kind];
}

#endif
