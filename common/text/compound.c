/* compound.c - words that also have a joined form.
 *
 * A hyphen joins if it is between letters. An apostrophe joins too, unless it
 * is where a short form ends or begins: the word after it is a clitic (it's) or
 * the one before it an elision (l'eau). Groups of three digits are joined by
 * apostrophes as well (1'000). Each joint depends on what is next to it only,
 * so that a query of some words of a compound is joined as they are there. */
#include "common/text/compound.h"

#include "common/base/utf8.h"
#include "common/text/analyzer_internal.h"

enum { SHORT_FORM_BYTES = 8 };

/* clang-format off */
const bool COMPOUND_LINK_BYTES[256] = {
    ['-'] = true, ['\''] = true,
    [0xc2] = true, /* U+00B7 */
    [0xca] = true, /* U+02BB, U+02BC */
    [0xd6] = true, /* U+058A, U+05BE */
    [0xd7] = true, /* U+05F3 */
    [0xe2] = true, /* U+2010, U+2011, U+2018, U+2019, U+2027 */
    [0xef] = true  /* U+FE63, U+FF07, U+FF0D */
};
/* clang-format on */

/* The lists of docs/analyzers.md. */
static const char CLITICS[] = " s t d m ll re ve ";
static const char ELISIONS[] =
    " l d j m t s n c qu jusqu lorsqu puisqu quoiqu quelqu" /* French */
    " v un all dall dell nell sull coll gl agl dagl degl negl sugl"
    " quest quell bell anch com dov cos quand tutt mezz senz"
    " nient ciascun nessun alcun qualcun "; /* Italian */

/* Whether the word is in a list, in any case of letters. */
static bool is_in(const char *list, Span text, const Word *word)
{
    char key[SHORT_FORM_BYTES + 3] = " ";
    size_t size = word->end - word->start;
    if (size > SHORT_FORM_BYTES) return false;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = text.data[word->start + i];
        key[1 + i] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
        if (byte == ' ' || byte == 0) return false;
    }
    key[1 + size] = ' ';
    return strstr(list, key) != NULL;
}

static uint32_t traits_at(Span text, size_t at, size_t *size)
{
    *size = 0;
    if (at >= text.size) return 0;
    return word_traits(
        utf8_decode(text.data + at, text.data + text.size, size));
}

static uint32_t traits_before(Span text, size_t end)
{
    return end ? word_traits(code_point_before(text, end)) : 0;
}

static bool is_group_of_three(Span text, const Word *word)
{
    if (word->end - word->start != 3) return false;
    for (size_t at = word->start; at < word->end; at++)
        if (text.data[at] < '0' || text.data[at] > '9') return false;
    return true;
}

/* Whether the word before an apostrophe is an elision. */
static bool is_elision(Span text, const Word *word)
{
    if (!is_in(ELISIONS, text, word)) return false;
    return !(traits_before(text, word->start) & TRAIT_APOSTROPHE);
}

/* The next word of `ahead`, if a hyphen or apostrophe joins it to `word`. */
static bool next_joined(WordBreak *ahead, const Word *word, Word *next)
{
    Span text = ahead->text;
    size_t size, unused;
    uint32_t joint = traits_at(text, word->end, &size);
    if (!(joint & (TRAIT_HYPHEN | TRAIT_APOSTROPHE))) return false;
    uint32_t after = traits_at(text, word->end + size, &unused);
    uint32_t last = traits_before(text, word->end);
    bool is_apostrophe = joint & TRAIT_APOSTROPHE;
    bool letters = last & (TRAIT_LETTER | TRAIT_MARK) && after & TRAIT_LETTER;
    bool digits = last & TRAIT_DIGIT && after & TRAIT_DIGIT && is_apostrophe;
    if (!letters && !digits) return false;
    if (is_apostrophe && is_elision(text, word)) return false;
    if (!part_break_next(ahead, next)) return false;
    if (symbol_word_may_be(text, next) && symbol_word_widen(text, next))
        return false;
    if (digits) return is_group_of_three(text, next);
    return !is_apostrophe || !is_in(CLITICS, text, next);
}

size_t compound_words(const WordBreak *breaks, const Word *word,
                      Word words[COMPOUND_MAX_WORDS])
{
    WordBreak ahead = *breaks;
    size_t count = 1, size = word->end - word->start;
    words[0] = *word;
    while (count < COMPOUND_MAX_WORDS && words[count - 1].more != MORE_RAISED &&
           next_joined(&ahead, &words[count - 1], &words[count])) {
        size += words[count].end - words[count].start;
        if (size > COMPOUND_MAX_BYTES) break;
        count++;
    }
    return count;
}

bool compound_is_letter(Span text, const Word *word)
{
    size_t size, unused;
    traits_at(text, word->start, &size);
    if (word->start + size != word->end) return false;
    uint32_t after = traits_at(text, word->end, &size);
    if (after & TRAIT_APOSTROPHE &&
        traits_at(text, word->end + size, &unused) & TRAIT_LETTER)
        return true;
    if (!(traits_before(text, word->start) & TRAIT_APOSTROPHE)) return false;
    size_t at = word->start - 1;
    while (at > 0 && (text.data[at] & 0xc0) == 0x80) at--;
    return traits_before(text, at) & (TRAIT_LETTER | TRAIT_MARK);
}
