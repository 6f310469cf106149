/* result_rows.h - the figures of the tables, computed from samples. */
#ifndef QUERN_RESULTS_RESULT_ROWS_H
#define QUERN_RESULTS_RESULT_ROWS_H

#include "bench/results/results.h"

/* Adds the rows of all tables, engines, workloads and classes; those that are
 * there are dropped. A class of which an engine has no sample has no rows. */
NODISCARD Status results_compute_rows(Results *results, Error *error);

#endif
