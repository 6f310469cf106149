/* passage.c - good places for a passage of a text to begin and end.
 *
 * A paragraph starts after an empty line and after a short one (a heading, a
 * menu, a remnant of a word processor); a sentence starts after . ! ? or the
 * like and white space. In texts wrapped at 70 columns long lines end nothing,
 * so a line end alone is not a boundary.
 */
#include "searcher/snippet/passage.h"

enum {
    SHORT_LINE = 40,       /* bytes: a shorter line is a paragraph of its own */
    MAX_WORD_BYTES = 48,   /* bytes to look for white space before giving up */
    OPENING_SEARCH = 4096, /* bytes in which the body text should begin */
};

static bool is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_continuation(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The first byte of the line that contains `at`. */
static size_t line_start(Span text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n') at--;
    return at;
}

/* Bytes of [start, end) without white space around it. */
static size_t trimmed_size(Span text, size_t start, size_t end)
{
    while (start < end && is_space(text.data[start])) start++;
    while (start < end && is_space(text.data[end - 1])) end--;
    return end - start;
}

/* Whether a line begins at `at` and the line before it is short. */
static bool starts_paragraph(Span text, size_t at)
{
    if (at == 0) return true;
    if (text.data[at - 1] != '\n') return false;
    size_t before = line_start(text, at - 1);
    return trimmed_size(text, before, at - 1) < SHORT_LINE;
}

/* Whether a single capital letter precedes `at`, as in J. S. Bach. */
static bool is_initial(Span text, size_t at)
{
    if (at == 0 || text.data[at - 1] < 'A' || text.data[at - 1] > 'Z') {
        return false;
    }
    return at == 1 || is_space(text.data[at - 2]) || text.data[at - 2] == '.';
}

/* Whether bytes [.., at) end a sentence: . ! ? or one of the three-byte full
 * stops of Chinese and Japanese, then closing quotes and brackets. */
static bool ends_sentence(Span text, size_t at)
{
    while (at > 0 && (strchr("\"')]", text.data[at - 1]) ||
                      (at >= 3 && !memcmp(text.data + at - 3, "\u201D", 3)))) {
        at -= is_continuation(text.data[at - 1]) ? 3 : 1;
    }
    if (at >= 3 && (!memcmp(text.data + at - 3, "\u3002", 3) ||
                    !memcmp(text.data + at - 3, "\uFF01", 3) ||
                    !memcmp(text.data + at - 3, "\uFF1F", 3))) {
        return true;
    }
    if (at == 0 || !text.data[at - 1] || !strchr(".!?", text.data[at - 1])) {
        return false;
    }
    return text.data[at - 1] != '.' || !is_initial(text, at - 1);
}

/* A sentence starts with anything but a small letter. */
static bool starts_sentence(Span text, size_t at)
{
    if (at == 0) return true;
    uint8_t first = text.data[at];
    if (is_space(first) || (first >= 'a' && first <= 'z')) return false;
    if (is_continuation(first)) return false;
    size_t end = at;
    while (end > 0 && is_space(text.data[end - 1])) end--;
    return (end < at || !(text.data[at - 1] < 0x80)) &&
           ends_sentence(text, end);
}

/* The last paragraph start in [low, first], else the first sentence start
 * there, else text.size. */
static size_t natural_start(Span text, size_t low, size_t first)
{
    for (size_t at = first + 1; at-- > low;) {
        if (starts_paragraph(text, at)) return at;
    }
    for (size_t at = low; at <= first; at++) {
        if (starts_sentence(text, at)) return at;
    }
    return text.size;
}

/* The first word boundary from `at` on, before `limit`. */
static size_t word_border_after(Span text, size_t at, size_t limit)
{
    if (at == 0) return 0;
    size_t end = at + MAX_WORD_BYTES < limit ? at + MAX_WORD_BYTES : limit;
    for (size_t i = at; i < end; i++) {
        if (is_space(text.data[i - 1])) return i;
    }
    while (at < limit && is_continuation(text.data[at])) at++;
    return at;
}

/* The last word boundary up to `at`, after `limit`. */
static size_t word_border_before(Span text, size_t at, size_t limit)
{
    if (at >= text.size) return text.size;
    size_t end = at > limit + MAX_WORD_BYTES ? at - MAX_WORD_BYTES : limit;
    for (size_t i = at; i > end; i--) {
        if (is_space(text.data[i])) return i;
    }
    while (at > limit && is_continuation(text.data[at])) at--;
    return at;
}

/* The first end of a paragraph in [from, to), else `to`. */
static size_t paragraph_end(Span text, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        if (text.data[at] != '\n') continue;
        size_t next = at + 1;
        while (next < text.size && text.data[next] != '\n') next++;
        if (trimmed_size(text, at + 1, next) < SHORT_LINE) return at;
    }
    return to;
}

/* The last end of a sentence in [from, to], else `to`. */
static size_t sentence_end(Span text, size_t from, size_t to)
{
    for (size_t at = to; at > from; at--) {
        if (at < text.size && ends_sentence(text, at) &&
            (is_space(text.data[at]) || text.data[at - 1] >= 0x80)) {
            return at;
        }
    }
    return to;
}

/* The end of a paragraph, otherwise of a sentence, if the passage is long
 * enough up to there. */
static size_t choose_end(Span text, size_t start, size_t last, size_t size)
{
    size_t end = start + size;
    if (end < last) end = last;
    if (end >= text.size) return text.size;
    end = word_border_before(text, end, last);
    size_t enough = start + size / 2 > last ? start + size / 2 : last;
    size_t border = enough < end ? paragraph_end(text, enough, end) : end;
    enough = start + size / 3 * 2 > last ? start + size / 3 * 2 : last;
    return border < end || enough >= end ? border
                                         : sentence_end(text, enough, end);
}

bool passage_begins_well(Span text, size_t start)
{
    return starts_paragraph(text, start) || starts_sentence(text, start);
}

Passage passage_around(Span text, size_t first, size_t last, size_t size)
{
    size_t slack = last - first < size ? size - (last - first) : 0;
    size_t after = text.size - last;
    /* Context that the text lacks after the matches is taken before them. */
    size_t before = after < slack / 2 ? slack - after : slack / 2;
    size_t low = first > before ? first - before : 0;
    size_t start = natural_start(text, low, first);
    if (start == text.size) {
        size_t wanted = first - low > slack / 3 ? first - slack / 3 : low;
        start = word_border_after(text, wanted, first);
    }
    return (Passage){start, choose_end(text, start, last, size)};
}

Passage passage_opening(Span text, size_t size)
{
    size_t end = text.size < OPENING_SEARCH ? text.size : OPENING_SEARCH;
    size_t start = 0;
    for (size_t at = 0; at < end;) {
        size_t next = at;
        while (next < text.size && text.data[next] != '\n') next++;
        if (trimmed_size(text, at, next) >= SHORT_LINE) {
            start = at;
            break;
        }
        at = next + 1;
    }
    return (Passage){start, choose_end(text, start, start, size)};
}
