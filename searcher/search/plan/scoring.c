/* scoring.c - what a segment's stored bounds are worth under a query's
 * parameters.
 */
#include "searcher/search/plan/scoring.h"

#include <math.h>
#include <stdlib.h>

/* More than the rounding of c, and of a ratio to float. */
static const double RATIO_SLACK = 0x1p-20;

/* The smallest and the greatest ratio of the query's c to the segment's, over
 * the norm codes that occur. 1 / c = 0 (k1 = 0) makes every x 1. */
static void find_ratios(const Segment *segment, const Bm25 *query,
                        const Bm25 *own, double *min, double *max)
{
    *min = (double)INFINITY;
    *max = 0.0;
    for (int code = 1; code < NORM_CODES; code++) {
        if (!(segment->norm_codes[code / 8] >> (code % 8) & 1)) continue;
        double from = (double)own->inverse[code];
        double to = (double)query->inverse[code];
        double low = isinf(from) ? 0.0 : to / from;
        double high = isinf(from) ? 1.0 : to / from;
        if (low < *min) *min = low;
        if (high > *max) *max = high;
    }
}

static void set_scale(SegmentScale *scale, const Segment *segment,
                      const Bm25 *query)
{
    *scale = (SegmentScale){
        .is_own = true, .upper = 1.0f, .lower = 1.0f, .product = 1.0f};
    bm25_init_average(&scale->own, segment->k1, segment->b,
                      segment->average_length);
    if (segment->k1 == query->k1 && segment->b == query->b &&
        segment->average_length == query->average_length) {
        return;
    }
    double min, max;
    find_ratios(segment, query, &scale->own, &min, &max);
    scale->is_own = false;
    scale->upper = (float)((max > 1.0 ? max : 1.0) * (1.0 + RATIO_SLACK));
    scale->product = (float)(max * (1.0 + RATIO_SLACK));
    scale->lower = (float)((min < 1.0 ? min : 1.0) * (1.0 - RATIO_SLACK));
}

Status scoring_set(Scoring *scoring, const Index *index, float k1, float b,
                   Error *error)
{
    const Manifest *manifest = &index->manifest;
    Bm25 *bm25 = &scoring->bm25;
    if (scoring->segments && bm25->k1 == k1 && bm25->b == b) return OK;
    size_t count = manifest->segment_count;
    if (!scoring->segments) {
        scoring->segments = calloc(count + 1, sizeof *scoring->segments);
        if (!scoring->segments) return fail_memory(error, "planning a query");
    }
    bm25_init(bm25, k1, b, manifest->token_count, manifest->nonempty_count);
    for (size_t i = 0; i < count; i++)
        set_scale(&scoring->segments[i], index->segments[i], bm25);
    return OK;
}

void scoring_release(Scoring *scoring)
{
    free(scoring->segments);
    scoring->segments = NULL;
}
