/* manifest_merge.h - merges segments of a manifest that is to be published. */
#ifndef QUERN_MERGE_MANIFEST_MERGE_H
#define QUERN_MERGE_MANIFEST_MERGE_H

#include "indexer/merge/segment_merge.h"

/* What is merged: as merge_policy.h has it. */
enum { MERGE_BY_POLICY = 0 };

/* Does the next merge, if there is one to do, and puts the new segment in the
 * place of the others in the manifest, whose counts are of live documents;
 * *merged says how many segments became it (1: rewritten), 0: there is nothing
 * to do. Segments without a live document leave the manifest.
 *
 * `max_segments`: merges until there are at most so many without removed
 * documents, or MERGE_BY_POLICY. Of the options folder, memory, limits and
 * listener are used, the rest is in the manifest.
 *
 * ERR_LIMIT names the space on disk that is needed and free, before anything
 * is written. */
NODISCARD Status manifest_merge_next(const MergeOptions *options,
                                     Manifest *manifest, size_t max_segments,
                                     size_t *merged, Error *error);

#endif
