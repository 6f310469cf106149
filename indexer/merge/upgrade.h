/* upgrade.h - an index of an older version of the format becomes one of this
 * version, in place: the same documents, terms and answers.
 */
#ifndef QUERN_MERGE_UPGRADE_H
#define QUERN_MERGE_UPGRADE_H

#include "indexer/build/build_listener.h"

typedef struct UpgradeOptions {
    const char *folder;
    uint64_t memory;               /* bytes; 0: a quarter of the machine's */
    const BuildListener *listener; /* borrowed, or NULL: claimed, released,
                                      cancelled, progress */
} UpgradeOptions;

typedef struct UpgradeReport {
    uint32_t segments; /* of the older version: 0 if there was none */
    uint64_t old_bytes, bytes;
    double seconds;
} UpgradeReport;

/* The index is replaced when the new one is complete; if anything fails it is
 * unchanged. Needs disk space for both. ERR_CONFLICT if another process writes
 * there; ERR_CORRUPT if what it reads is damaged. */
NODISCARD Status index_upgrade(const UpgradeOptions *options,
                               UpgradeReport *report, Error *error);

#endif
