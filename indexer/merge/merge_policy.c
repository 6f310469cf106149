/* merge_policy.c - which neighbouring segments are to be merged. */
#include "indexer/merge/merge_policy.h"

enum {
    REMOVED_SHARE = 10,     /* of a segment that is rewritten, more than 1/10 */
    MIN_SEGMENTS = 4,       /* of an index that is not merged */
    SIZE_BITS_A_SEGMENT = 4 /* 16 times the size: one segment more */
};

/* What a merge costs: the bytes of live documents. */
static uint64_t cost_of(const SegmentSize *size)
{
    if (size->documents == 0) return 1;
    double live = 1 - (double)size->removed / (double)size->documents;
    uint64_t bytes = (uint64_t)((double)size->bytes * live);
    return bytes ? bytes : 1;
}

static uint64_t sum_costs(const SegmentSize *sizes, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += cost_of(&sizes[i]);
    return sum;
}

static bool has_many_removed(const SegmentSize *size)
{
    return (uint64_t)size->removed * REMOVED_SHARE > size->documents;
}

size_t merge_policy_max_segments(const SegmentSize *sizes, size_t count)
{
    size_t bits = 0;
    for (uint64_t size = sum_costs(sizes, count); size; size /= 2) bits++;
    size_t max = bits / SIZE_BITS_A_SEGMENT + 1;
    return max > MIN_SEGMENTS ? max : MIN_SEGMENTS;
}

/* The segment that is smallest compared with the mean of those after it. */
static size_t smallest_of_tail(const SegmentSize *sizes, size_t count)
{
    size_t best = count - 1;
    double best_ratio = 0, later = (double)cost_of(&sizes[count - 1]);
    for (size_t i = count - 1; i-- > 0;) {
        double size = (double)cost_of(&sizes[i]);
        double ratio = later / (double)(count - 1 - i) / size;
        if (ratio >= best_ratio) {
            best_ratio = ratio;
            best = i;
        }
        later += size;
    }
    return best;
}

bool merge_policy_choose(const SegmentSize *sizes, size_t count, size_t *first,
                         size_t *merged)
{
    *first = *merged = 0;
    if (count > merge_policy_max_segments(sizes, count)) {
        *first = smallest_of_tail(sizes, count);
        *merged = count - *first;
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        bool many = has_many_removed(&sizes[i]);
        if (many && *merged == 0) *first = i;
        if (many) ++*merged;
        if (!many && *merged) break;
    }
    return *merged > 0;
}

bool merge_policy_reduce(const SegmentSize *sizes, size_t count,
                         size_t max_segments, size_t *first, size_t *merged)
{
    *first = *merged = 0;
    if (max_segments == 0 || count <= max_segments) return false;
    *merged = count - max_segments + 1;
    uint64_t sum = sum_costs(sizes, *merged), least = sum;
    for (size_t i = *merged; i < count; i++) {
        sum += cost_of(&sizes[i]) - cost_of(&sizes[i - *merged]);
        if (sum < least) {
            least = sum;
            *first = i + 1 - *merged;
        }
    }
    return true;
}
