/* bm25.c - what BM25 needs before the first score: the tables of lengths and
 * the idf of a term. Scores themselves are inline, in bm25.h. */
#include "common/segment/bm25.h"

#include <math.h>

/* Lengths below this are their own code: 255 minus the code of the greatest
 * int in the packed form below. */
enum { EXACT_LENGTHS = 24 };

/* A number in 3 bits below its leading one and a 5-bit exponent. */
static uint32_t pack_number(uint32_t value)
{
    int bits = value ? 32 - __builtin_clz(value) : 0;
    if (bits < 4) return value;
    int shift = bits - 4;
    return ((value >> shift) & 7) | ((uint32_t)(shift + 1) << 3);
}

static uint32_t unpack_number(uint32_t packed)
{
    uint32_t mantissa = packed & 7;
    int shift = (int)(packed >> 3) - 1;
    return shift < 0 ? mantissa : (mantissa | 8) << shift;
}

uint8_t norm_encode(uint32_t length)
{
    if (length > INT32_MAX) length = INT32_MAX;
    if (length < EXACT_LENGTHS) return (uint8_t)length;
    return (uint8_t)(EXACT_LENGTHS + pack_number(length - EXACT_LENGTHS));
}

uint32_t norm_decode(uint8_t code)
{
    if (code < EXACT_LENGTHS) return code;
    return EXACT_LENGTHS + unpack_number((uint32_t)code - EXACT_LENGTHS);
}

uint32_t norm_max_length(uint8_t code)
{
    return code == UINT8_MAX ? INT32_MAX : norm_decode((uint8_t)(code + 1)) - 1;
}

void bm25_init_average(Bm25 *bm25, float k1, float b, float average_length)
{
    bm25->k1 = k1;
    bm25->b = b;
    bm25->average_length = average_length;
    for (int code = 0; code < NORM_CODES; code++) {
        float length = (float)norm_decode((uint8_t)code);
        bm25->inverse[code] = 1.0f /
                              (k1 * ((1.0f - b) + b * length / average_length));
    }
}

float bm25_average(uint64_t token_count, uint64_t nonempty_count)
{
    if (!nonempty_count) return 1.0f;
    return (float)((double)token_count / (double)nonempty_count);
}

void bm25_init(Bm25 *bm25, float k1, float b, uint64_t token_count,
               uint64_t nonempty_count)
{
    bm25_init_average(bm25, k1, b, bm25_average(token_count, nonempty_count));
}

float bm25_idf(uint64_t nonempty_count, uint64_t df)
{
    double n = (double)nonempty_count;
    double d = (double)df;
    return (float)log(1.0 + (n - d + 0.5) / (d + 0.5));
}
