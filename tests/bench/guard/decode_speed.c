/* decode_speed.c - prints how many times as long as memcpy it takes to decode
 * blocks of 128 integers, worst of the usual widths. For run. */
#include "bench/engines/engine_process.h"
#include "common/base/clock.h"
#include "common/codec/block_codec.h"

#include <stdio.h>
#include <string.h>

enum {
    BLOCK = 128,
    BLOCKS = 256,
    REPEATS = 200,
    STREAM_BYTES = 4 * BLOCK + 64
};

static uint8_t streams[BLOCKS][STREAM_BYTES];
static uint32_t out[BLOCKS][BLOCK];
static volatile uint32_t used;

static int64_t decode_all(uint32_t width)
{
    int64_t start = clock_ns();
    for (size_t i = 0; i < BLOCKS; i++)
        codec_decode(streams[i], width, BLOCK, 0, out[i]);
    int64_t time = clock_ns() - start;
    used = out[used % BLOCKS][0];
    return time;
}

static int64_t copy_all(void)
{
    int64_t start = clock_ns();
    for (size_t i = 0; i < BLOCKS; i++)
        memcpy(out[i], streams[i], sizeof out[i]);
    int64_t time = clock_ns() - start;
    used = out[used % BLOCKS][0];
    return time;
}

int main(void)
{
    static const uint32_t widths[] = {3, 7, 10, 16, 20};
    double worst = 0;
    int64_t copy = INT64_MAX;
    for (int i = 0; i < REPEATS; i++) {
        int64_t time = copy_all();
        if (time < copy) copy = time;
    }
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
        uint32_t values[BLOCK];
        int64_t least = INT64_MAX;
        for (uint32_t i = 0; i < BLOCK; i++)
            values[i] = (i * 2654435761u) >> (32 - widths[w]);
        for (size_t i = 0; i < BLOCKS; i++)
            codec_encode(streams[i], values, BLOCK, widths[w]);
        for (int i = 0; i < REPEATS; i++) {
            int64_t time = decode_all(widths[w]);
            if (time < least) least = time;
        }
        double ratio = (double)least / (double)(copy ? copy : 1);
        if (ratio > worst) worst = ratio;
    }
    printf("%.1f\n", worst);
    return 0;
}
