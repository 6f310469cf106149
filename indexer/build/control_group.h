/* control_group.h - what the control groups of this process allow it.
 *
 * Containers and service managers set limits for groups of processes. Those of
 * our own group and of every group above it hold, in version 1 (a hierarchy
 * for each controller) and 2 (one for all).
 */
#ifndef QUERN_BUILD_CONTROL_GROUP_H
#define QUERN_BUILD_CONTROL_GROUP_H

#include <stdint.h>

typedef struct GroupLimits {
    uint64_t memory;     /* bytes; UINT64_MAX: no limit */
    uint32_t processors; /* of time at once, rounded up; UINT32_MAX: no limit */
} GroupLimits;

/* `list` names our groups as /proc/self/cgroup does; `root` is where the
 * hierarchies are mounted, /sys/fs/cgroup. What cannot be read is no limit. */
GroupLimits control_group_limits(const char *list, const char *root);

#endif
