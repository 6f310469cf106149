/* range_kernels.c - chooses the table for this machine. */
#include "searcher/search/kernels/range_kernels.h"

#include "common/base/cpu.h"

const RangeKernels *range_kernels(void)
{
    switch (cpu_level()) {
#if defined(__x86_64__)
    case CPU_AVX512: return &range_kernels_avx512;
    case CPU_AVX2: return &range_kernels_avx2;
    case CPU_NEON:
#elif defined(__aarch64__)
    case CPU_NEON: return &range_kernels_neon;
    case CPU_AVX512:
    case CPU_AVX2:
#endif
    case CPU_SCALAR:
    case CPU_LEVELS: break;
    }
    return &range_kernels_scalar;
}
