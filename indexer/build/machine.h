/* machine.h - how much of this machine a build may use. */
#ifndef QUERN_BUILD_MACHINE_H
#define QUERN_BUILD_MACHINE_H

#include <stdint.h>

/* Memory of the machine, or what the control groups of this process allow if
 * that is less; in bytes. */
uint64_t machine_memory(void);

/* What a build uses of it unless told otherwise: a quarter. */
uint64_t machine_memory_share(void);

/* Processors that this process may use: its affinity and the quota of its
 * control groups, rounded up. */
uint32_t machine_processors(void);

/* The most memory that this process has had so far, in bytes. */
uint64_t peak_memory(void);

/* Seconds of processor time of this process so far. */
double processor_seconds(void);

/* control_group.c: what the control groups of this process allow it. Containers
 * and service managers set limits for groups of processes. Those of our own
 * group and of every group above it hold, in version 1 (a hierarchy for each
 * controller) and 2 (one for all). */

typedef struct GroupLimits {
    uint64_t memory;     /* bytes; UINT64_MAX: no limit */
    uint32_t processors; /* of time at once, rounded up; UINT32_MAX: no limit */
} GroupLimits;

/* `list` names our groups as /proc/self/cgroup does; `root` is where the
 * hierarchies are mounted, /sys/fs/cgroup. What cannot be read is no limit. */
GroupLimits control_group_limits(const char *list, const char *root);

#endif
