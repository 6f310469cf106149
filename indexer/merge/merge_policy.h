/* merge_policy.h - which neighbouring segments are to be merged.
 *
 * An index has at most as many segments as its size allows, which grows with
 * its logarithm; while it has fewer, nothing is merged. With one more, the
 * merge takes a segment and all after it: where that segment is smallest,
 * compared with the mean size of those after it. A segment of which more than a
 * tenth is removed is rewritten. docs/living-index.md proves and measures what
 * this costs.
 */
#ifndef QUERN_MERGE_MERGE_POLICY_H
#define QUERN_MERGE_MERGE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct SegmentSize {
    uint64_t bytes;
    uint32_t documents; /* all of them */
    uint32_t removed;   /* of these */
} SegmentSize;

/* The most segments that an index of this size has. */
size_t merge_policy_max_segments(const SegmentSize *sizes, size_t count);

/* Which segments, sizes[*first] and *merged - 1 after it, are to be merged (or
 * rewritten, *merged 1) now; false: none. Asked again after each merge, it ends
 * after at most `count` merges. */
bool merge_policy_choose(const SegmentSize *sizes, size_t count, size_t *first,
                         size_t *merged);

/* The same to get at most `max_segments`: the merge of the fewest bytes. */
bool merge_policy_reduce(const SegmentSize *sizes, size_t count,
                         size_t max_segments, size_t *first, size_t *merged);

#endif
