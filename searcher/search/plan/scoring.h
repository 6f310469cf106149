/* scoring.h - the parameters of a query, and what a segment's stored bounds are
 * worth under them.
 *
 * Bounds, k-th values and champions of a segment were made with its own k1, b
 * and average length. Those of a query differ if it asks for others, and
 * wherever documents were added or removed since. With the product p = tf * c
 * of a posting, x = p / (1 + p), and r the ratio of the query's c to the
 * segment's: x_query / x_segment = r * (1 + p) / (1 + r * p), which is between
 * 1 and r. So the extremes of r over the norm codes that occur give factors for
 * all postings of the segment.
 */
#ifndef QUERN_PLAN_SCORING_H
#define QUERN_PLAN_SCORING_H

#include "common/segment/index.h"

typedef struct SegmentScale {
    bool is_own;   /* the parameters are the segment's own: all factors are 1 */
    float upper;   /* bounds times this are bounds, >= 1; infinity: no bound */
    float lower;   /* k-th values times this are k-th values, 0 ... 1 */
    float product; /* no product grows by more; infinity: any may */
    Bm25 own;      /* of the segment */
} SegmentScale;

/* Kept from one query to the next: most have the same k1 and b. Start with {0},
 * release at the end. */
typedef struct Scoring {
    Bm25 bm25;              /* of the whole index, with the query's k1 and b */
    SegmentScale *segments; /* owned, one a segment */
} Scoring;

/* Computes what depends on k1 and b, if they changed. */
NODISCARD Status scoring_set(Scoring *scoring, const Index *index, float k1,
                             float b, Error *error);
void scoring_release(Scoring *scoring);

#endif
