/* workload.c - what is asked of every query. */
#include "bench/measure/workload.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static Status refuse(const char *depths, Error *error)
{
    return fail(error, ERR_USAGE,
                "-k '%s': not numbers from 1 to %d separated by commas", depths,
                MAX_DEPTH);
}

static Status add_workload(uint32_t k, Workloads *out, Error *error)
{
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].k == k)
            return fail(error, ERR_USAGE, "-k names %" PRIu32 " twice", k);
    }
    if (out->count == MAX_WORKLOADS - 1) /* one is left for COUNT */
        return fail(error, ERR_USAGE, "-k has more than %d numbers",
                    MAX_WORKLOADS - 1);
    Workload *workload = &out->items[out->count++];
    workload->k = k;
    snprintf(workload->name, sizeof workload->name, "TOP_%" PRIu32, k);
    return OK;
}

Status workloads_parse(const char *depths, bool count, Workloads *out,
                       Error *error)
{
    *out = (Workloads){0};
    Status status = OK;
    const char *at = depths;
    do {
        char *end;
        if (*at < '0' || *at > '9') return refuse(depths, error);
        unsigned long k = strtoul(at, &end, 10);
        if (k == 0 || k > MAX_DEPTH || (*end && *end != ','))
            return refuse(depths, error);
        status = add_workload((uint32_t)k, out, error);
        at = *end ? end + 1 : end;
        if (*end && !*at) return refuse(depths, error);
    } while (status == OK && *at);
    if (status == OK && count)
        out->items[out->count++] = (Workload){0, "COUNT"};
    return status;
}
