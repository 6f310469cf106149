/* core_binding.c - binds this process to one processor. */
#define _GNU_SOURCE /* sched_setaffinity, CPU_SET */
#include "bench/engines/core_binding.h"

#include <sched.h>
#include <stddef.h>

CoreBinding core_bind(void)
{
    CoreBinding binding = {.core = -1};
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed)) return binding;
    int last = -1;
    for (int i = 0; i < CPU_SETSIZE; i++) {
        if (CPU_ISSET((size_t)i, &allowed)) last = i;
    }
    if (last < 0) return binding;
    CPU_ZERO(&one);
    CPU_SET((size_t)last, &one);
    if (!sched_setaffinity(0, sizeof one, &one)) binding.core = last;
    return binding;
}
