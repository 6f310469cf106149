/* blank.h - white space in ASCII: blanks, tabs, line ends; and letters. */
#ifndef QUERN_INPUT_BLANK_H
#define QUERN_INPUT_BLANK_H

#include "common/base/span.h"

static inline bool byte_is_blank(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static inline bool byte_is_letter(uint8_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Without white space at both ends. */
static inline Span span_trim(Span span)
{
    while (span.size && byte_is_blank(span.data[span.size - 1])) span.size--;
    while (span.size && byte_is_blank(*span.data)) {
        span.data++;
        span.size--;
    }
    return span;
}

static inline bool span_is_blank(Span span)
{
    return span_trim(span).size == 0;
}

#endif
