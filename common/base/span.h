/* span.h - a borrowed slice of bytes: never freed through a Span.
 *
 * The function that returns it documents its lifetime. A Span is not
 * zero-terminated and may hold any bytes. The empty Span is {NULL, 0}.
 */
#ifndef QUERN_BASE_SPAN_H
#define QUERN_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Span {
    const uint8_t *data;
    size_t size;
} Span;

static inline Span span_of(const void *data, size_t size)
{
    return (Span){(const uint8_t *)data, size};
}

static inline Span span_text(const char *text)
{
    return span_of(text, strlen(text));
}

static inline bool span_equal(Span a, Span b)
{
    return a.size == b.size && (a.size == 0 || !memcmp(a.data, b.data, a.size));
}

static inline bool span_equals_text(Span a, const char *text)
{
    return span_equal(a, span_text(text));
}

/* Equal except for the case of A to Z; the locale does not matter. */
static inline bool span_equal_caseless(Span a, Span b)
{
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++) {
        uint8_t letter = a.data[i] | 0x20;
        bool is_letter = letter >= 'a' && letter <= 'z';
        if (a.data[i] != b.data[i] &&
            !(is_letter && letter == (b.data[i] | 0x20)))
            return false;
    }
    return true;
}

/* Byte order; a prefix comes first. Negative, 0 or positive. */
static inline int span_compare(Span a, Span b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* The length of the common prefix. */
static inline size_t span_common(Span a, Span b)
{
    size_t limit = a.size < b.size ? a.size : b.size;
    size_t common = 0;
    while (common < limit && a.data[common] == b.data[common]) common++;
    return common;
}

static inline bool span_begins(Span text, Span beginning)
{
    return text.size >= beginning.size &&
           span_equal(span_of(text.data, beginning.size), beginning);
}

/* The first place of a byte from `from` on; the size if there is no more. */
static inline size_t span_find(Span text, size_t from, uint8_t byte)
{
    if (from >= text.size) return text.size;
    const uint8_t *at = memchr(text.data + from, byte, text.size - from);
    return at ? (size_t)(at - text.data) : text.size;
}

enum { SPAN_PRINTED_BYTES = 4096 };

/* How many bytes of it a message quotes: not the gigabytes that a hostile line
 * may have, and no part of a character. */
static inline int span_printed(Span span)
{
    size_t size = span.size;
    if (size > SPAN_PRINTED_BYTES) {
        size = SPAN_PRINTED_BYTES;
        while (size && (span.data[size] & 0xC0) == 0x80) size--;
    }
    return (int)size;
}

/* printf("%.*s", SPAN_ARGS(span)): its first SPAN_PRINTED_BYTES at most. */
#define SPAN_ARGS(span) span_printed(span), (const char *)(span).data

#endif
