/* cpu.h - which instruction set the kernels may use.
 *
 * Levels are ordered within an architecture: a machine that supports one
 * supports all lower ones. The environment variable
 * QUERN_CPU=scalar|avx2|avx512|neon lowers the level, never raises it. Results
 * are bit-identical at every level.
 */
#ifndef QUERN_BASE_CPU_H
#define QUERN_BASE_CPU_H

typedef enum CpuLevel {
    CPU_SCALAR,
    CPU_NEON,   /* arm64 */
    CPU_AVX2,   /* with BMI1, BMI2, POPCNT */
    CPU_AVX512, /* F, BW, DQ, VL, VBMI, VBMI2, VPOPCNTDQ */
    CPU_LEVELS
} CpuLevel;

/* The level in use: detected once, then cached. Thread-safe. */
CpuLevel cpu_level(void);

/* "scalar", "neon", "avx2" or "avx512" */
const char *cpu_level_name(CpuLevel level);

/* For tests: sets the level, which the machine must support. */
void cpu_force_level(CpuLevel level);

#endif
