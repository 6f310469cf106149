/* cpu_levels.h - every instruction set that this machine has, in turn.
 *
 *     CpuLevel best = cpu_level();
 *     for (int level = CPU_SCALAR; take_cpu_level(&level, best); level++) ...
 */
#ifndef QUERN_SUPPORT_CPU_LEVELS_H
#define QUERN_SUPPORT_CPU_LEVELS_H

#include "common/base/cpu.h"

#include <stdbool.h>

/* Forces the first level at or after *level that this machine supports. After
 * the last one it forces `best` again and returns false. */
static inline bool take_cpu_level(int *level, CpuLevel best)
{
    if (*level == CPU_NEON && best != CPU_NEON) ++*level;
    bool is_here = *level <= (int)best;
    cpu_force_level(is_here ? (CpuLevel)*level : best);
    return is_here;
}

#endif
