/* counting.h - how many documents match. */
#ifndef QUERN_EXECUTE_COUNTING_H
#define QUERN_EXECUTE_COUNTING_H

#include "searcher/execute/executor.h"

/* Counts the matches in the segment (execution_set_count). */
NODISCARD Status execute_count(Execution *execution, Error *error);

#endif
