/* cpu.c - which instruction set the kernels may use. */
#include "common/base/cpu.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[CPU_LEVELS] = {"scalar", "neon", "avx2",
                                              "avx512"};

atomic_int cpu_cached_level = -1;

#if defined(__x86_64__)
static CpuLevel detect(void)
{
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
        !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt")) {
        return CPU_SCALAR;
    }
    if (!__builtin_cpu_supports("avx512f") ||
        !__builtin_cpu_supports("avx512bw") ||
        !__builtin_cpu_supports("avx512dq") ||
        !__builtin_cpu_supports("avx512vl") ||
        !__builtin_cpu_supports("avx512vbmi") ||
        !__builtin_cpu_supports("avx512vbmi2") ||
        !__builtin_cpu_supports("avx512vpopcntdq")) {
        return CPU_AVX2;
    }
    return CPU_AVX512;
}
#elif defined(__aarch64__)
static CpuLevel detect(void)
{
    return CPU_NEON;
}
#else
static CpuLevel detect(void)
{
    return CPU_SCALAR;
}
#endif

static CpuLevel choose(void)
{
    CpuLevel best = detect();
    const char *wanted = getenv("QUERN_CPU");
    if (!wanted) return best;
    for (int level = CPU_SCALAR; level < (int)best; level++) {
        if (!strcmp(wanted, names[level])) return (CpuLevel)level;
    }
    return best;
}

CpuLevel cpu_detect_level(void)
{
    CpuLevel level = choose();
    cpu_force_level(level);
    return level;
}

const char *cpu_level_name(CpuLevel level)
{
    return names[level];
}

void cpu_force_level(CpuLevel level)
{
    atomic_store_explicit(&cpu_cached_level, (int)level, memory_order_relaxed);
}
