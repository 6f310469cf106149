/* symbol_words.c - c++, c#, f# and .net.
 *
 * UAX #29 reduces them to c, c, f and net. Only these four names are kept, in
 * exactly this form: a rule for all symbols would make words of i++ and of
 * #hashtags. */
#include "common/text/analyzer_internal.h"

#include "common/base/utf8.h"

static uint8_t byte_at(Span text, size_t at)
{
    return at < text.size ? text.data[at] : 0;
}

/* The length of the symbols after the letter, 0 if there are more or fewer. */
static size_t symbols_after(Span text, Word word)
{
    uint8_t letter = text.data[word.start] | 0x20;
    const uint8_t symbol = byte_at(text, word.end);
    size_t count = 0;
    while (count < 3 && byte_at(text, word.end + count) == symbol) count++;
    if (symbol == '+') return letter == 'c' && count == 2 ? 2 : 0;
    bool is_sharp = symbol == '#' && (letter == 'c' || letter == 'f');
    return is_sharp && count == 1 ? 1 : 0;
}

/* The code point that ends before `end`, which is above 0. */
static uint32_t code_point_before(Span text, size_t end)
{
    size_t at = end - 1, size;
    while (at > 0 && end - at < UTF8_MAX_BYTES &&
           (text.data[at] & 0xc0) == 0x80)
        at--;
    return utf8_decode(text.data + at, text.data + end, &size);
}

/* A full stop without a letter, digit or full stop before it. */
static bool has_point_before(Span text, size_t start)
{
    if (start == 0 || text.data[start - 1] != '.') return false;
    if (start == 1) return true;
    uint32_t before = code_point_before(text, start - 1);
    if (before == 0x2018 || before == '\'' || before == '"') return true;
    uint8_t class = word_break_class(before);
    return class == word_break_class(' ') || class == word_break_class(',') ||
           class == word_break_class(':');
}

static bool is_net(const uint8_t *at)
{
    return (at[0] | 0x20) == 'n' && (at[1] | 0x20) == 'e' &&
           (at[2] | 0x20) == 't';
}

bool symbol_word_widen(Span text, Word *word)
{
    size_t size = word->end - word->start;
    size_t symbols = size == 1 ? symbols_after(text, *word) : 0;
    word->end += symbols;
    if (size != 3 || !is_net(text.data + word->start)) return symbols > 0;
    if (!has_point_before(text, word->start)) return false;
    word->start--;
    return true;
}
