/* run_tables.h - the results of a run as text. */
#ifndef QUERN_BENCH_RUN_TABLES_H
#define QUERN_BENCH_RUN_TABLES_H

#include "bench/results/results.h"

/* The first line says whether all engines answered the same; then the two
 * tables of each workload, and remarks. Times are in microseconds. */
void run_put_tables(const Results *results, Buf *out);

#endif
