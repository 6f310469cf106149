/* manifest_merge.h - merges segments of a manifest that is to be published. */
#ifndef QUERN_MERGE_MANIFEST_MERGE_H
#define QUERN_MERGE_MANIFEST_MERGE_H

#include "indexer/merge/segment_merge.h"

/* What is merged: as merge_policy.h has it. */
enum { MERGE_BY_POLICY = 0 };

/* What one merge did. */
typedef struct MergeStep {
    size_t merged;  /* segments that became one (1: rewritten); 0: there was
                       nothing to do */
    uint64_t bytes; /* of the new files */
} MergeStep;

/* Does the next merge, if there is one to do, and puts the new segment in the
 * place of the others in the manifest, whose counts are of live documents.
 *
 * `max_segments`: merges until there are at most that many segments and no
 * removed documents, or MERGE_BY_POLICY. If it is 1, the segment that remains
 * is that of a build of the live documents. Of the options folder, memory,
 * limits and listener are used, the rest is in the manifest.
 *
 * ERR_LIMIT names the space on disk that is needed and free, before anything
 * is written. */
NODISCARD Status manifest_merge_next(const MergeOptions *options,
                                     Manifest *manifest, size_t max_segments,
                                     MergeStep *step, Error *error);

#endif
