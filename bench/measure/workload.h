/* workload.h - what is asked of every query: TOP_10, COUNT. */
#ifndef QUERN_MEASURE_WORKLOAD_H
#define QUERN_MEASURE_WORKLOAD_H

#include "common/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_WORKLOADS = 16, MAX_DEPTH = 1000000 };

typedef struct Workload {
    uint32_t k;    /* 0: counts all matches */
    char name[24]; /* as the protocol calls it */
} Workload;

typedef struct Workloads {
    Workload items[MAX_WORKLOADS];
    size_t count;
} Workloads;

/* From -k: numbers separated by commas; with `count` also COUNT. */
NODISCARD Status workloads_parse(const char *depths, bool count, Workloads *out,
                                 Error *error);

#endif
