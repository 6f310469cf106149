/* part_break.c - finds the words of the default analyzer. */
#include "common/text/part_break.h"

#include "common/base/utf8.h"
#include "common/text/ascii.h"

enum { ESCAPE = 0x1b, ESCAPE_MAX_BYTES = 4096 };

/* What a byte means where no word is. */
typedef enum ByteKind {
    GAP,     /* begins no word */
    CONTROL, /* ESC */
    LETTER,  /* or digit, ASCII */
    ASK      /* run the automaton: # and * may begin an emoji */
} ByteKind;

/* clang-format off */
#define L10 LETTER, LETTER, LETTER, LETTER, LETTER, \
            LETTER, LETTER, LETTER, LETTER, LETTER
#define A16 ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, \
            ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK
static const uint8_t KINDS[256] = {
    [ESCAPE] = CONTROL, ['#'] = ASK, ['*'] = ASK,
    ['0'] = L10,
    ['A'] = L10, L10, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    ['a'] = L10, L10, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    [0x80] = A16, A16, A16, A16, A16, A16, A16, A16
};
#undef L10
#undef A16
/* clang-format on */

/* --- Terminal escape sequences (ECMA-48) ---------------------------------- */

static bool is_between(Span text, size_t at, uint8_t first, uint8_t last)
{
    return at < text.size && text.data[at] >= first && text.data[at] <= last;
}

/* After a control sequence's parameters and its last byte: [1;31m. */
static size_t control_sequence_end(Span text, size_t at)
{
    size_t start = at;
    while (is_between(text, at, 0x20, 0x3f) && at - start < ESCAPE_MAX_BYTES)
        at++;
    return is_between(text, at, 0x40, 0x7e) ? at + 1 : start;
}

/* U+009B is ESC [ in one character. */
static bool is_control_sequence(Span text, size_t at)
{
    return is_between(text, at, 0xc2, 0xc2) &&
           is_between(text, at + 1, 0x9b, 0x9b);
}

/* After a string that BEL or ESC \ ends: a window's title, a link. One that
 * nothing ends is text. */
static size_t control_string_end(Span text, size_t start)
{
    size_t at = start;
    while (at < text.size && at - start < ESCAPE_MAX_BYTES &&
           (text.data[at] >= 0x20))
        at++;
    if (is_between(text, at, '\a', '\a')) return at + 1;
    bool ends = is_between(text, at, ESCAPE, ESCAPE) &&
                is_between(text, at + 1, '\\', '\\');
    return ends ? at + 2 : start;
}

/* After the sequence that begins with the ESC at `at`. */
static size_t escape_end(Span text, size_t at)
{
    size_t next = at + 1;
    if (next == text.size) return next;
    switch (text.data[next]) {
    case '[': return control_sequence_end(text, next + 1);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_': return control_string_end(text, next + 1);
    }
    while (is_between(text, next, 0x20, 0x2f) && next - at < ESCAPE_MAX_BYTES)
        next++;
    return is_between(text, next, 0x30, 0x7e) ? next + 1 : at + 1;
}

/* --- Words ---------------------------------------------------------------- */

/* Moves to a byte that may begin a word, and returns its kind; GAP at the end
 * of the text. */
static ALWAYS_INLINE ByteKind skip_gaps(WordBreak *self)
{
    const uint8_t *text = self->text.data;
    size_t at = self->at, size = self->text.size;
    ByteKind kind = GAP;
    while (at < size && (kind = KINDS[text[at]]) <= CONTROL)
        at = UNLIKELY(kind == CONTROL) ? escape_end(self->text, at) : at + 1;
    self->at = at;
    return at < size ? kind : GAP;
}

/* A run of ASCII letters and digits that nothing can extend; one byte more than
 * the maximum shows that it is too long. */
static ALWAYS_INLINE bool match_ascii(const WordBreak *self, Word *word)
{
    const uint8_t *start = self->text.data + self->at;
    size_t view = self->text.size - self->at;
    if (view > WORD_MAX_UNITS + 1) view = WORD_MAX_UNITS + 1;
    uint64_t capitals;
    size_t size = (size_t)(ascii_word_scan(start, start + view, &capitals) -
                           start);
    size_t end = self->at + size;
    if (size > WORD_MAX_UNITS) return false;
    if (end < self->text.size && self->text.data[end] >= 0x80) return false;
    *word = (Word){.start = self->at,
                   .end = end,
                   .is_ascii = true,
                   .may_have_humps = capitals != 0};
    return true;
}

/* A quick test: whether part_number_adjust may change a word of ASCII letters
 * and digits. Before a T is a hyphen, unless there are many digits. */
static ALWAYS_INLINE bool may_be_number(Span text, const Word *word)
{
    enum { BASIC_TIME_BYTES = 13 }; /* 20261105T1000 */
    if (LIKELY(text.data[word->start] > '9')) return false;
    uint8_t next = word->end < text.size ? text.data[word->end] : 0;
    uint8_t before = word->start ? text.data[word->start - 1] : 0;
    return next == '.' || next == ',' || before == '-' ||
           text.data[word->end - 1] == 'Z' ||
           word->end - word->start >= BASIC_TIME_BYTES;
}

/* After the raised digits at `at`, which are not ASCII. */
static size_t raised_end(Span text, size_t at)
{
    size_t start = at, size;
    while (at < text.size && at - start < WORD_MAX_UNITS) {
        uint32_t code_point = utf8_decode(text.data + at, text.data + text.size,
                                          &size);
        if (!(word_traits(code_point) & TRAIT_RAISED)) break;
        at += size;
    }
    return at;
}

/* Raised digits after a letter belong to its word; else they are a word. The
 * quick test is for the first bytes of U+00B2 and U+2070. */
static void take_raised(WordBreak *self, Word *word)
{
    if (!is_between(self->text, word->end, 0xc2, 0xe2)) return;
    size_t end = raised_end(self->text, word->end);
    if (end == word->end) return;
    uint32_t last = code_point_before(self->text, word->end);
    if (!(word_traits(last) & (TRAIT_LETTER | TRAIT_MARK))) return;
    word->more = MORE_RAISED;
    word->more_end = self->at = end;
}

/* Digits that are not ASCII begin with U+0660, whose first byte is 0xd9. */
static bool begins_with_digit(Span text, const Word *word)
{
    const uint8_t *at = text.data + word->start;
    size_t size;
    if (*at < 0xd9 && *at > '9') return false;
    uint32_t first = utf8_decode(at, text.data + text.size, &size);
    return word_traits(first) & TRAIT_DIGIT;
}

/* Not inlined, so that the fast path saves no registers for it. */
static NEVER_INLINE bool match_any(WordBreak *self, Word *word)
{
    if (!word_break_match(self, word)) {
        size_t end = raised_end(self->text, self->at);
        *word = (Word){.start = self->at, .end = end};
        self->at = end;
        return end > word->start;
    }
    self->at = word->end;
    if (word->is_cjk) return true;
    take_raised(self, word);
    if (begins_with_digit(self->text, word)) part_number_adjust(self, word);
    return true;
}

bool part_break_next(WordBreak *self, Word *word)
{
    for (;;) {
        ByteKind kind = skip_gaps(self);
        if (UNLIKELY(kind == GAP)) return false;
        if (LIKELY(kind == LETTER) && LIKELY(match_ascii(self, word))) {
            self->at = word->end;
            if (UNLIKELY(may_be_number(self->text, word)))
                part_number_adjust(self, word);
            return true;
        }
        if (match_any(self, word)) return true;
        if (is_control_sequence(self->text, self->at))
            self->at = control_sequence_end(self->text, self->at + 2);
        else
            word_break_skip_character(self);
    }
}
