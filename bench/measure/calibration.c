/* calibration.c - a fixed computation: the speed of the machine right now. */
#include "bench/measure/calibration.h"

#include "bench/engines/engine_process.h"
#include "common/base/clock.h"

enum { TABLE_WORDS = 8192, STEPS = 200000, REPEATS = 40 };

static uint64_t compute(const uint64_t *table)
{
    uint64_t state = 1;
    for (int i = 0; i < STEPS; i++)
        state = state * 0x9e3779b97f4a7c15u + table[state >> 51];
    return state;
}

int64_t calibration_time(void)
{
    static uint64_t table[TABLE_WORDS];
    static volatile uint64_t result; /* keeps the computation */
    int64_t least = INT64_MAX;
    for (uint64_t i = 0; i < TABLE_WORDS; i++) table[i] = i * i + 1;
    for (int i = 0; i < REPEATS; i++) {
        int64_t start = clock_ns();
        result = compute(table);
        int64_t time = clock_ns() - start;
        if (time < least) least = time;
    }
    (void)result;
    return least;
}
