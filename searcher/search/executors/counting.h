/* counting.h - how many documents match. */
#ifndef QUERN_EXECUTORS_COUNTING_H
#define QUERN_EXECUTORS_COUNTING_H

#include "searcher/search/executors/execution.h"

/* Adds the number of matches in the segment to execution->total. */
NODISCARD Status execute_count(Execution *execution, Error *error);

#endif
