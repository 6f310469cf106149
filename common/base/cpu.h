/* cpu.h - which instruction set the kernels may use.
 *
 * Levels are ordered within an architecture: a machine that supports one
 * supports all lower ones. The environment variable
 * QUERN_CPU=scalar|avx2|avx512|neon lowers the level, never raises it. Results
 * are bit-identical at every level.
 */
#ifndef QUERN_BASE_CPU_H
#define QUERN_BASE_CPU_H

#include "common/base/compiler.h"

#include <stdatomic.h>

typedef enum CpuLevel {
    CPU_SCALAR,
    CPU_NEON,   /* arm64 */
    CPU_AVX2,   /* with BMI1, BMI2, POPCNT */
    CPU_AVX512, /* F, BW, DQ, VL, VBMI, VBMI2, VPOPCNTDQ */
    CPU_LEVELS
} CpuLevel;

/* -1: not detected yet. For cpu_level. */
extern HIDDEN atomic_int cpu_cached_level;
CpuLevel cpu_detect_level(void);

/* The level in use: detected once, then cached. Thread-safe. */
static inline CpuLevel cpu_level(void)
{
    int level = atomic_load_explicit(&cpu_cached_level, memory_order_relaxed);
    return level < 0 ? cpu_detect_level() : (CpuLevel)level;
}

/* "scalar", "neon", "avx2" or "avx512" */
const char *cpu_level_name(CpuLevel level);

/* For tests: sets the level, which the machine must support. */
void cpu_force_level(CpuLevel level);

#endif
