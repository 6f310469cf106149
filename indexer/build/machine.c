/* machine.c - how much of this machine a build may use. */
#define _GNU_SOURCE /* sched_getaffinity */

#include "indexer/build/machine.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

static GroupLimits group_limits(void)
{
    return control_group_limits("/proc/self/cgroup", "/sys/fs/cgroup");
}

uint64_t machine_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGE_SIZE);
    uint64_t memory = pages > 0 && page > 0 ? (uint64_t)pages * (uint64_t)page
                                            : UINT64_C(1) << 30;
    uint64_t limit = group_limits().memory;
    return limit < memory ? limit : memory;
}

uint64_t machine_memory_share(void)
{
    enum { SHARE = 4 };
    return machine_memory() / SHARE;
}

/* Processors that the affinity of this thread allows; false if a set of this
 * many is too small for the kernel, or cannot be had. */
static bool count_allowed(size_t processors, uint32_t *count)
{
    cpu_set_t *set = CPU_ALLOC(processors);
    size_t size = CPU_ALLOC_SIZE(processors);
    bool known = set && sched_getaffinity(0, size, set) == 0;
    if (known) *count = (uint32_t)CPU_COUNT_S(size, set);
    if (set) CPU_FREE(set);
    return known;
}

uint32_t machine_processors(void)
{
    enum { FEW = 1024, MOST = 1 << 20 };
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t count = online > 0 ? (uint32_t)online : 1;
    for (size_t most = FEW; most <= MOST; most *= 4) {
        if (count_allowed(most, &count) || errno != EINVAL) break;
    }
    uint32_t quota = group_limits().processors;
    if (quota < count) count = quota;
    return count ? count : 1;
}

uint64_t peak_memory(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage)) return 0;
    return (uint64_t)usage.ru_maxrss * 1024;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

double processor_seconds(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage)) return 0;
    return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}
