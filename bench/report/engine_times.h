/* engine_times.h - the times of the engines for one workload, for charts.
 *
 * In nanoseconds, without the cost of the pipe
 * (bench/results/result_samples.h).
 */
#ifndef QUERN_REPORT_ENGINE_TIMES_H
#define QUERN_REPORT_ENGINE_TIMES_H

#include "bench/results/results.h"

/* Arrays are owned. */
typedef struct EngineTimes {
    size_t engine;
    double *by_query; /* each query's minimum; 0: not measured */
    double *minima;   /* those that were measured, ascending */
    size_t minimum_count;
    double *all; /* every execution, ascending */
    size_t all_count;
} EngineTimes;

typedef struct WorkloadTimes {
    size_t workload;
    EngineTimes *engines; /* owned; those with times, without the null engine */
    size_t count;
} WorkloadTimes;

NODISCARD Status workload_times_collect(const Results *results, size_t workload,
                                        WorkloadTimes *out, Error *error);
void workload_times_release(WorkloadTimes *times); /* {0} is fine */

#endif
