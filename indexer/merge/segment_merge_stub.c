/* segment_merge_stub.c */
#include "indexer/merge/segment_merge.h"
Status segments_merge(const MergeOptions *options, const MergeSource *sources, size_t count, Arena *arena, ManifestSegment *entry, Error *error)
{
    (void)options, (void)sources, (void)count, (void)arena, (void)entry;
    return fail(error, ERR_UNSUPPORTED, "no merging yet");
}
