/* settle.h - when an engine is warm: the medians of three consecutive passes
 * agree. */
#ifndef QUERN_MEASURE_SETTLE_H
#define QUERN_MEASURE_SETTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTLE_AGREEMENT 0.02
#define SETTLE_LIMIT_SECONDS 60.0

enum { SETTLE_PASSES = 3 };

/* Start with {0}. */
typedef struct Settle {
    double medians[SETTLE_PASSES]; /* the last ones */
    size_t passes;
    bool is_over; /* the largest of the last three medians exceeds the smallest
                     by at most SETTLE_AGREEMENT, or once did */
} Settle;

/* Adds the median of a pass. */
void settle_add(Settle *settle, double median);

/* Of times, of which those that are 0 are left out; sorts them. */
double settle_median(int64_t *ns, size_t count);

#endif
