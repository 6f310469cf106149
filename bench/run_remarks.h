/* run_remarks.h - the results of a run as text: all that is no table. */
#ifndef QUERN_BENCH_RUN_REMARKS_H
#define QUERN_BENCH_RUN_REMARKS_H

#include "bench/results/results.h"

/* One line: whether all engines answered the same; then up to ten differences.
 */
void remarks_put_answers(const Results *results, Buf *out);

/* Starts, warm-up, cold times, slowest queries, quality, the machine. */
void remarks_put_rest(const Results *results, Buf *out);

#endif
