/* word_break.c - finds words in a text by the rules of UAX #29.
 *
 * UAX #29 as in Lucene 10's StandardTokenizer. generate_word_break.py compiles
 * its rules to a DFA over character classes; at each offset the longest match
 * is a word, and without a match one character is skipped. Lucene's scanner
 * sees 255 UTF-16 units from the start of a word, never half a surrogate pair,
 * and treats the end of that window as the end of the text; this one does too,
 * so that long words are split into the same pieces.
 *
 * English text rarely needs the automaton: a run of ASCII letters and digits is
 * a word unless the next character can extend it. */
#include "common/text/word_break.h"

#include "common/base/utf8.h"
#include "common/text/ascii.h"

/* What a byte means next to a run of ASCII letters and digits. */
typedef enum AsciiKind {
    GAP,     /* begins no word and joins none */
    INNER,   /* . , : ; ' may join the character right after them */
    KEY_CAP, /* # and * begin only an emoji, before a non-ASCII character */
    LETTER,  /* or digit */
    ASK      /* _ and non-ASCII bytes: run the automaton */
} AsciiKind;

/* clang-format off */
#define L10 LETTER, LETTER, LETTER, LETTER, LETTER, \
            LETTER, LETTER, LETTER, LETTER, LETTER
#define A16 ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, \
            ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK
static const uint8_t KINDS[256] = {
    ['#'] = KEY_CAP, ['*'] = KEY_CAP, ['_'] = ASK,
    ['\''] = INNER, [','] = INNER, ['.'] = INNER, [':'] = INNER, [';'] = INNER,
    ['0'] = L10,
    ['A'] = L10, L10, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    ['a'] = L10, L10, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    [0x80] = A16, A16, A16, A16, A16, A16, A16, A16
};
#undef L10
#undef A16
/* clang-format on */

static ALWAYS_INLINE AsciiKind kind_at(const WordBreak *self, size_t at)
{
    return at < self->text.size ? KINDS[self->text.data[at]] : GAP;
}

/* A run of ASCII letters and digits from self->at that nothing can extend; one
 * byte more than the maximum shows that it is too long. */
static ALWAYS_INLINE bool match_ascii(const WordBreak *self, Word *word)
{
    const uint8_t *start = self->text.data + self->at;
    size_t view = self->text.size - self->at;
    if (view > WORD_MAX_UNITS + 1) view = WORD_MAX_UNITS + 1;
    size_t size = (size_t)(ascii_word_end(start, start + view) - start);
    size_t end = self->at + size;
    AsciiKind next = kind_at(self, end);
    if (next == INNER) {
        next = kind_at(self, end + 1);
        if (next == LETTER) return false;
    }
    if (next == ASK || size > WORD_MAX_UNITS) return false;
    *word = (Word){.start = self->at, .end = end, .is_ascii = true};
    return true;
}

void word_break_skip_character(WordBreak *self)
{
    const uint8_t *at = self->text.data + self->at;
    size_t size;
    utf8_decode(at, self->text.data + self->text.size, &size);
    self->at += size;
}

/* Skips bytes that cannot begin a word. */
static ALWAYS_INLINE void skip_gaps(WordBreak *self)
{
    const uint8_t *text = self->text.data;
    size_t at = self->at, size = self->text.size;
    while (at < size && KINDS[text[at]] <= INNER) at++;
    self->at = at;
}

/* Not inlined, so that the fast path saves no registers for it. */
static NEVER_INLINE bool next_by_rules(WordBreak *self, Word *word)
{
    do {
        if (word_break_match(self, word)) {
            self->at = word->end;
            return true;
        }
        word_break_skip_character(self);
        skip_gaps(self);
    } while (self->at < self->text.size);
    return false;
}

bool word_break_next(WordBreak *self, Word *word)
{
    skip_gaps(self);
    if (self->at == self->text.size) return false;
    bool is_letter = KINDS[self->text.data[self->at]] == LETTER;
    if (UNLIKELY(!is_letter) || UNLIKELY(!match_ascii(self, word)))
        return next_by_rules(self, word);
    self->at = word->end;
    return true;
}

uint32_t code_point_before(Span text, size_t end)
{
    size_t at = end - 1, size;
    while (at > 0 && end - at < UTF8_MAX_BYTES &&
           (text.data[at] & 0xc0) == 0x80)
        at--;
    return utf8_decode(text.data + at, text.data + end, &size);
}
