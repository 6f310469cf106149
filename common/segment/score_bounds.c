/* score_bounds.c - the fraction of a weight in a byte or in 16 bits. */
#include "common/segment/score_bounds.h"

#include <math.h>

/* More than rounding to float can move a fraction: without it, bounds were
 * below Lucene's score in 415 of 10^7 random cases. */
static const double FRACTION_SLACK = 0x1p-22;

uint8_t bound_byte(double fraction)
{
    double scaled = ceil(BOUND_BYTE_ONE * (fraction + FRACTION_SLACK));
    return scaled < BOUND_BYTE_ONE ? (uint8_t)scaled : 255;
}

uint16_t bound_word(double fraction)
{
    double scaled = ceil(BOUND_WORD_ONE * (fraction + FRACTION_SLACK));
    return scaled < BOUND_WORD_ONE ? (uint16_t)scaled : 65535;
}

uint16_t kth_word(double fraction)
{
    double scaled = floor(BOUND_WORD_ONE * (fraction - FRACTION_SLACK));
    return scaled > 0.0 ? (uint16_t)scaled : 0;
}
