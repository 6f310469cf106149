/* symbol_words.c - c++, c#, f# and .net.
 *
 * UAX #29 reduces them to c, c, f and net. Only these four names are kept, in
 * exactly this form: a rule for all symbols would make words of i++ and of
 * #hashtags. */
#include "common/text/analyzer_internal.h"

static uint8_t byte_at(Span text, size_t at)
{
    return at < text.size ? text.data[at] : 0;
}

static bool is_letter(uint8_t byte)
{
    return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte >= 0x80 ||
           byte == '_';
}

/* Whether the one number sign after the word ends c# or f#, and does not begin
 * the fragment of an address: f#g, f#1, /f#/. */
static bool is_sharp(Span text, Word word)
{
    uint8_t letter = text.data[word.start] | 0x20;
    uint8_t next = byte_at(text, word.end + 1);
    bool is_digit = next >= '0' && next <= '9';
    if (next == '#' || is_letter(next)) return false;
    if (next == '/' && word.start && text.data[word.start - 1] == '/')
        return false;
    return letter == 'c' || (letter == 'f' && !is_digit);
}

/* The length of the symbols after the letter, 0 if they are no such word. */
static size_t symbols_after(Span text, Word word)
{
    uint8_t letter = text.data[word.start] | 0x20;
    const uint8_t symbol = byte_at(text, word.end);
    if (symbol == '#') return is_sharp(text, word);
    if (symbol != '+' || letter != 'c') return 0;
    size_t count = 0;
    while (count < 3 && byte_at(text, word.end + count) == symbol) count++;
    return count == 2 ? 2 : 0;
}

/* A full stop without a letter, digit or full stop before it. */
static bool has_point_before(Span text, size_t start)
{
    if (start == 0 || text.data[start - 1] != '.') return false;
    if (start == 1) return true;
    uint32_t before = code_point_before(text, start - 1);
    bool is_joined = before == '.' || before == '_';
    return !is_joined && !(word_traits(before) & (TRAIT_WORD | TRAIT_MARK));
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
