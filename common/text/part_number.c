/* part_number.c - numbers and times as words.
 *
 *   3.14, 1,000.50   one word each
 *   1.2.3, 10.0.0.7  a word for each group; the first of each two has MORE_PAIR
 *   T, Z of a time   end the word before them and belong to none
 *
 * What is decided looks at most a few groups ahead and back, so any text takes
 * linear time. */
#include "common/text/part_break.h"

#include "common/base/utf8.h"

enum {
    GROUP_DIGITS = 3,
    MAX_GROUPS = 10,
    MAX_TIME_BYTES = 20 /* what a look back reads */
};

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static uint32_t code_point_at(Span text, size_t at, size_t *size)
{
    *size = 0;
    if (at >= text.size) return 0;
    return utf8_decode(text.data + at, text.data + text.size, size);
}

static bool has_trait_at(Span text, size_t at, uint32_t traits)
{
    size_t size;
    uint32_t code_point = code_point_at(text, at, &size);
    return size > 0 && word_traits(code_point) & traits;
}

static bool has_trait_before(Span text, size_t end, uint32_t traits)
{
    return end > 0 && word_traits(code_point_before(text, end)) & traits;
}

/* After the digits from `at`; at most a word's. */
static size_t digits_end(Span text, size_t at)
{
    size_t start = at, size;
    while (at < text.size && is_digit(text.data[at]) &&
           at - start < WORD_MAX_BYTES)
        at++;
    while (at - start < WORD_MAX_BYTES && has_trait_at(text, at, TRAIT_DIGIT)) {
        code_point_at(text, at, &size);
        at += size;
    }
    return at;
}

/* '.' or ',' if one is at `at` with a digit after it; else 0. */
static char separator_at(Span text, size_t at, size_t *next)
{
    size_t size;
    uint32_t code_point = code_point_at(text, at, &size);
    *next = at + size;
    bool is_point = code_point == '.' || code_point == ARABIC_DECIMAL;
    bool is_comma = code_point == ',' || code_point == ARABIC_THOUSANDS;
    if (!is_point && !is_comma) return 0;
    if (!has_trait_at(text, *next, TRAIT_DIGIT)) return 0;
    return is_point ? '.' : ',';
}

/* Whether the word that begins at `at` is digits and nothing else; its *end. */
static bool is_all_digits(const WordBreak *self, size_t at, size_t *end)
{
    WordBreak ahead = {self->text, at, self->rules};
    Word word;
    if (!word_break_match(&ahead, &word)) return false;
    *end = word.end;
    return digits_end(self->text, at) == word.end;
}

/* Whether a full stop and a letter or digit follow. */
static bool is_dotted_after(Span text, size_t at)
{
    return at < text.size && text.data[at] == '.' &&
           has_trait_at(text, at + 1, TRAIT_LETTER | TRAIT_DIGIT);
}

/* The end of G1.G2, if it is one number and no part of more groups; 0 if not.
 * *pair_end: the end of its digits all the same. */
static size_t decimal_end(const WordBreak *self, size_t next, size_t *pair_end)
{
    size_t end;
    *pair_end = digits_end(self->text, next);
    if (!is_all_digits(self, next, &end)) return 0;
    return is_dotted_after(self->text, end) ? 0 : end;
}

/* The end of 1,000,000 with its decimals, 0 if it is something else. */
static size_t groups_end(const WordBreak *self, const Word *word)
{
    Span text = self->text;
    size_t end = word->end, next, pair_end;
    size_t digits = end - word->start;
    if (text.data[word->start] == '0' || digits > 4 * GROUP_DIGITS) return 0;
    if (text.data[word->start] < 0x80 && digits > GROUP_DIGITS) return 0;
    for (int i = 0; separator_at(text, end, &next) == ','; i++) {
        size_t group_end;
        if (i == MAX_GROUPS || !is_all_digits(self, next, &group_end)) return 0;
        size_t at = next, count = 0;
        for (size_t size; at < group_end; at += size, count++)
            code_point_at(text, at, &size);
        if (count != GROUP_DIGITS) return 0;
        end = group_end;
    }
    if (separator_at(text, end, &next) != '.') return end;
    return decimal_end(self, next, &pair_end);
}

/* --- Times ---------------------------------------------------------------- */

static uint8_t byte_at(Span text, size_t at)
{
    return at < text.size ? text.data[at] : 0;
}

static bool has_digit_and(Span text, size_t end, uint8_t byte)
{
    return end >= 2 && text.data[end - 1] == byte &&
           is_digit(text.data[end - 2]);
}

/* Whether a T after `digits` digits of the word divides a date from a time:
 * 2026-11-05T10:00, 2026-309T10, 20261105T1000. */
static bool divides_time(Span text, const Word *word, size_t digits)
{
    size_t at = word->start + digits;
    if ((byte_at(text, at) | 0x20) != 't') return false;
    if (!is_digit(byte_at(text, at + 1)) || !is_digit(byte_at(text, at + 2)))
        return false;
    if (digits == 8) return true;
    return digits <= 3 && has_digit_and(text, word->start, '-');
}

/* Whether digits before a Z at the end of the word are a time. */
static bool ends_time(Span text, size_t start)
{
    if (has_digit_and(text, start, 'T') || has_digit_and(text, start, 't'))
        return true;
    for (size_t at = start; at > 0 && start - at < MAX_TIME_BYTES; at--) {
        uint8_t byte = text.data[at - 1];
        if (byte == ':') return true;
        if (!is_digit(byte) && byte != '.' && byte != ',') return false;
    }
    return false;
}

/* A word of digits and more; without a T or Z it stays as it is. */
static void end_at_time_mark(WordBreak *self, Word *word)
{
    Span text = self->text;
    size_t digits = 0;
    while (is_digit(byte_at(text, word->start + digits))) digits++;
    size_t mark = word->start + digits;
    if (digits == 0 || mark >= word->end) return;
    bool is_last = mark + 1 == word->end;
    if (is_last ? text.data[mark] != 'Z' || !ends_time(text, word->start)
                : !divides_time(text, word, digits))
        return;
    word->end = mark;
    self->at = mark + 1;
    word->more = MORE_NONE;
}

void part_number_adjust(WordBreak *self, Word *word)
{
    Span text = self->text;
    if (digits_end(text, word->start) != word->end) {
        end_at_time_mark(self, word);
        return;
    }
    size_t next, end = 0, pair_end = 0, start = word->start;
    char separator = separator_at(text, word->end, &next);
    if (!separator) return;
    char before = start ? (char)text.data[start - 1] : ' ';
    uint32_t joined = TRAIT_DIGIT | (before == '.' ? TRAIT_LETTER : 0);
    bool goes_on = (before == '.' || before == ':' || before == ',') &&
                   has_trait_before(text, start - 1, joined);
    if (separator == '.') {
        end = decimal_end(self, next, &pair_end);
        if (goes_on && before != ',') end = 0;
    } else if (!goes_on) {
        end = groups_end(self, word);
    }
    if (end - start > WORD_MAX_UNITS) end = 0;
    if (pair_end - start > WORD_MAX_UNITS) pair_end = 0;
    if (end) {
        word->end = self->at = end;
        word->is_number = true;
        word->is_ascii = false;
    } else if (pair_end) {
        word->more = MORE_PAIR;
        word->more_end = pair_end;
    }
}
