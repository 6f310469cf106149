/* machine.c - how much of this machine a build may use. */
#include "indexer/build/machine.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* A number from a file of the system; UINT64_MAX if there is none ("max"). */
static uint64_t number_in(const char *path)
{
    uint64_t number = UINT64_MAX;
    FILE *file = fopen(path, "re");
    if (!file) return number;
    if (fscanf(file, "%" SCNu64, &number) != 1) number = UINT64_MAX;
    fclose(file);
    return number;
}

/* The limit of our control group, version 2: "0::/path" in our list. */
static uint64_t group_limit(void)
{
    char line[512], path[640];
    uint64_t limit = number_in("/sys/fs/cgroup/memory.max");
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, "0::", 3) != 0) continue;
        line[strcspn(line, "\n")] = '\0';
        snprintf(path, sizeof path, "/sys/fs/cgroup%s/memory.max", line + 3);
        uint64_t own = number_in(path);
        if (own < limit) limit = own;
    }
    if (file) fclose(file);
    return limit;
}

uint64_t machine_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGE_SIZE);
    uint64_t memory = pages > 0 && page > 0 ? (uint64_t)pages * (uint64_t)page
                                            : UINT64_C(1) << 30;
    uint64_t limits[] = {
        group_limit(),
        number_in("/sys/fs/cgroup/memory/memory.limit_in_bytes"), /* v1 */
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (limits[i] < memory) memory = limits[i];
    }
    return memory;
}

uint32_t machine_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (uint32_t)count : 1;
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
