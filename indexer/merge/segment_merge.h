/* segment_merge.h - neighbouring segments become one.
 *
 * The new segment has the live documents of the others in their order. It has
 * the bytes that a build of these documents gives them: lists, bounds,
 * champions, pairs and compressed text depend on the documents and on the
 * average length alone. Only the skip log differs: it is that of all sources,
 * one after the other, up to the limit of a skip log.
 */
#ifndef QUERN_MERGE_SEGMENT_MERGE_H
#define QUERN_MERGE_SEGMENT_MERGE_H

#include "common/segment/contents/contents.h"
#include "common/segment/removals/removals.h"
#include "indexer/build/build_listener.h"

/* A segment that is merged; all is borrowed. */
typedef struct MergeSource {
    Segment *segment;
    const Removals *removals; /* NULL: nothing is removed */
    const Contents *contents; /* NULL: it has no such file */
} MergeSource;

typedef struct MergeOptions {
    const IndexFolder *folder; /* claimed: where the file is written */
    uint64_t memory;           /* about */
    ListLimits limits;
    uint32_t pairs_min_df; /* as of PairOptions */
    float k1, b;
    float average_length; /* of the live documents of the whole index */
    const BuildListener *listener; /* borrowed, or NULL: progress, cancelled */
} MergeOptions;

/* Writes and syncs the file of the new segment, and that of its contents if all
 * sources have one, and fills in its entry, whose names the arena holds. If no
 * document is live no file is written, and entry->documents is 0. A failure
 * leaves no trace; ERR_INTERRUPTED if the listener wants to stop. */
NODISCARD Status segments_merge(const MergeOptions *options,
                                const MergeSource *sources, size_t count,
                                Arena *arena, ManifestSegment *entry,
                                Error *error);

/* Bytes on disk that merging these segments takes until they are removed:
 * temporary files and the new one, at most. */
uint64_t segments_merge_space(const MergeSource *sources, size_t count);

#endif
