/* settle.h - when an engine is warm: the medians of three consecutive passes
 * agree. */
#ifndef QUERN_MEASURE_SETTLE_H
#define QUERN_MEASURE_SETTLE_H

#include "bench/measure/workload.h"

#define SETTLE_AGREEMENT 0.02
#define SETTLE_LIMIT_SECONDS 60.0

enum { SETTLE_PASSES = 3 };

/* Start with {0}. */
typedef struct Settle {
    double medians[MAX_WORKLOADS][SETTLE_PASSES]; /* the last ones */
    size_t passes[MAX_WORKLOADS];
    bool is_over[MAX_WORKLOADS]; /* stays so */
} Settle;

/* Adds the median of a pass. A workload is warm once the largest of its last
 * three medians exceeds the smallest by at most SETTLE_AGREEMENT. */
void settle_add(Settle *settle, size_t workload, double median);

/* Whether all of the first `workloads` are warm. */
bool settle_is_over(const Settle *settle, size_t workloads);

/* Of times, of which those that are 0 are left out; sorts them. */
double settle_median(int64_t *ns, size_t count);

#endif
