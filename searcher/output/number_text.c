/* number_text.c - fast number formatting: a run has thousands per query.
 *
 * Scores: a float is m * 2^e with m < 2^24. Nine digits of it are the whole
 * number nearest to m * 10^p * 2^e, where 10^p moves the first digit to the
 * ninth place. From 0.0001 to 10^9 the product m * 10^p stays below 2^64 and is
 * exact, so that rounding (half to even, as printf does) is exact too. Other
 * scores go through printf.
 */
#include "searcher/output/number_text.h"

#include <math.h>
#include <stdio.h>

enum { DIGITS = 9, LOWEST_EXPONENT = -4, SCORE_BYTES = 32 };

static const uint64_t POWERS[] = {
    1u,           10u,           100u,          1000u,      10000u,
    100000u,      1000000u,      10000000u,     100000000u, 1000000000u,
    10000000000u, 100000000000u, 1000000000000u};

/* x of 10^x <= score < 10^(x + 1), for 0.0001 <= score < 10^9. */
static int decimal_exponent(double score)
{
    static const double BELOW_ONE[] = {1e-1, 1e-2, 1e-3, 1e-4};
    int exponent = 0;
    if (score < 1) {
        while (score < BELOW_ONE[exponent]) exponent++;
        return -exponent - 1;
    }
    while (score >= (double)POWERS[exponent + 1]) exponent++;
    return exponent;
}

/* product / 2^shift to the nearest, half to even; shift < 64. */
static uint64_t shift_rounded(uint64_t product, int shift)
{
    uint64_t whole = product >> shift;
    uint64_t rest = product - (whole << shift);
    uint64_t half = shift ? (uint64_t)1 << (shift - 1) : 0;
    bool up = shift && (rest > half || (rest == half && (whole & 1)));
    return whole + up;
}

/* Writes the nine digits with the point placed by the exponent, without
 * trailing zeros; returns the number of bytes written. */
static size_t write_digits(char *out, uint64_t digits, int exponent)
{
    char text[DIGITS];
    for (int i = DIGITS; i-- > 0; digits /= 10) {
        text[i] = (char)('0' + digits % 10);
    }
    int used = DIGITS;
    while (used > exponent + 1 && used > 1 && text[used - 1] == '0') used--;
    char *at = out;
    if (exponent < 0) {
        *at++ = '0';
        *at++ = '.';
        for (int i = exponent + 1; i < 0; i++) *at++ = '0';
    }
    for (int i = 0; i < used; i++) {
        *at++ = text[i];
        if (i == exponent && i + 1 < used) *at++ = '.';
    }
    return (size_t)(at - out);
}

void put_score(Buf *out, float score)
{
    char *at = (char *)buf_reserve(out, SCORE_BYTES);
    if (!at) return;
    double value = (double)score;
    if (value >= 1e-4 && value < 1e9) {
        int binary;
        uint64_t mantissa = (uint64_t)ldexpf(frexpf(score, &binary), 24);
        int exponent = decimal_exponent(value);
        uint64_t product = mantissa * POWERS[DIGITS - 1 - exponent];
        int shift = 24 - binary;
        uint64_t digits = shift >= 0 ? shift_rounded(product, shift)
                                     : product << -shift;
        if (digits == POWERS[DIGITS]) {
            digits /= 10;
            exponent++;
        }
        if (exponent < DIGITS) {
            out->size += write_digits(at, digits, exponent);
            return;
        }
    }
    out->size += (size_t)snprintf(at, SCORE_BYTES, "%.9g", value);
}

void put_number(Buf *out, uint64_t number)
{
    enum { MAX_DIGITS = 20 };
    char text[MAX_DIGITS];
    size_t start = MAX_DIGITS;
    do {
        text[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    buf_put(out, text + start, MAX_DIGITS - start);
}
