/* counting.h - how many documents match. */
#ifndef QUERN_EXECUTE_COUNTING_H
#define QUERN_EXECUTE_COUNTING_H

#include "searcher/execute/executor.h"

/* Adds the number of matches in the segment to execution->total. */
NODISCARD Status execute_count(Execution *execution, Error *error);

#endif
