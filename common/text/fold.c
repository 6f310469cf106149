/* fold.c - maps spelling variants to one form.
 *
 * FOLD_FULL decomposes (NFKD), so that accents are separate from letters,
 * rewrites the letters, and composes (NFC). Marks are removed after Latin and
 * Greek letters: there they are accents, which users leave out in queries; and
 * in Arabic and Hebrew, whose vowel signs most texts leave out. In other
 * scripts they make another letter (Russian й, Japanese が) or are the vowel
 * itself (Hindi कि). FOLD_ACCENTED does the same, but keeps marks and letters.
 */
#include "common/text/fold.h"

#include "common/base/utf8.h"
#include "common/base/utf8_clean.h"
#include "common/text/fold_letters.h"

#include <stdlib.h>
#include <utf8proc.h>

enum {
    FINAL_SIGMA = 0x3c2,
    SIGMA = 0x3c3,
    DOT_ABOVE = 0x307,
    DOTLESS_I = 0x131
};

/* Letters of the two scripts in decomposed text. */
static bool is_latin_or_greek(int32_t code_point)
{
    static const int32_t RANGES[][2] = {
        {'A', 'Z'},       {'a', 'z'},       {0x00c0, 0x02af}, {0x0370, 0x03e1},
        {0x03f0, 0x03ff}, {0x1d00, 0x1dbf}, {0x1e00, 0x1fff}, {0x2c60, 0x2c7f},
        {0xa722, 0xa7ff}, {0xab30, 0xab6f}};
    for (size_t i = 0; i < sizeof RANGES / sizeof RANGES[0]; i++) {
        if (code_point < RANGES[i][0]) return false;
        if (code_point <= RANGES[i][1]) return true;
    }
    return false;
}

static bool is_mark(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);
    return category == UTF8PROC_CATEGORY_MN ||
           category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

/* Lower case, and one form of sigma, which has another one at a word's end. */
static int32_t lower(int32_t code_point)
{
    int32_t small = utf8proc_tolower(code_point);
    return small == FINAL_SIGMA ? SIGMA : small;
}

/* Rewrites decomposed letters in place and returns how many are left. At most
 * one letter becomes two, and it had more than one byte, so there is room. */
static size_t fold_letters(int32_t *letters, size_t count, size_t room)
{
    size_t kept = 0;
    bool accents = false;
    int32_t base = 0;
    memmove(letters + room - count, letters, count * sizeof *letters);
    for (size_t i = room - count; i < room; i++) {
        int32_t letter = letters[i];
        if (letter >= 0x300 && letter <= 0x36f && accents) continue;
        if (fold_drops(letter, base)) continue;
        if (!is_mark(letter)) {
            accents = is_latin_or_greek(letter);
            base = letter;
        }
        FoldedLetter folded = fold_letter(lower(letter));
        letters[kept++] = folded.first;
        if (folded.second) letters[kept++] = folded.second;
    }
    return kept;
}

/* Turkish has I without a dot, whose small letter is dotless. */
static int32_t lower_turkish(int32_t letter, const int32_t *next,
                             const int32_t *end)
{
    bool is_dotted = next < end && *next == DOT_ABOVE;
    return letter == 'I' && !is_dotted ? DOTLESS_I : lower(letter);
}

/* Lower case in place; removes spaces, which come from compatibility forms:
 * terms have no white space. */
static size_t lower_letters(Fold fold, int32_t *letters, size_t count)
{
    const int32_t *end = letters + count;
    size_t kept = 0;
    bool was_dotted = false; /* the letter before is a Turkish I with a dot */
    for (size_t i = 0; i < count; i++) {
        int32_t letter = letters[i];
        if (letter == ' ' || (was_dotted && letter == DOT_ABOVE)) continue;
        was_dotted = fold == FOLD_TURKISH && letter == 'I';
        letters[kept++] = fold == FOLD_TURKISH
                              ? lower_turkish(letter, letters + i + 1, end)
                              : lower(letter);
    }
    return kept;
}

static size_t encode_all(const int32_t *letters, size_t count, uint8_t *out)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += utf8_encode((uint32_t)letters[i], out + size);
    return size;
}

static size_t fold_normal(Fold fold, Span word, int32_t *scratch, uint8_t *out)
{
    int options = UTF8PROC_STABLE | UTF8PROC_IGNORE | UTF8PROC_DECOMPOSE;
    if (fold != FOLD_CANONICAL) options |= UTF8PROC_COMPAT;
    utf8proc_ssize_t room = (utf8proc_ssize_t)(word.size * FOLD_SCRATCH);
    utf8proc_ssize_t count = utf8proc_decompose(
        word.data, (utf8proc_ssize_t)word.size, scratch, room,
        (utf8proc_option_t)options);
    if (count < 0 || count > room) return 0; /* not valid UTF-8 */
    size_t left = (size_t)count;
    if (fold == FOLD_FULL) left = fold_letters(scratch, left, (size_t)room);
    if (fold == FOLD_ACCENTED || fold == FOLD_TURKISH)
        left = lower_letters(fold, scratch, left);
    count = utf8proc_normalize_utf32(scratch, (utf8proc_ssize_t)left,
                                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return encode_all(scratch, (size_t)count, out);
}

static size_t fold_lower(Span word, uint8_t *out)
{
    const uint8_t *end = word.data + word.size;
    size_t written = 0, size;
    for (const uint8_t *at = word.data; at < end; at += size) {
        int32_t letter = (int32_t)utf8_decode(at, end, &size);
        int32_t small = utf8proc_tolower(letter);
        written += utf8_encode((uint32_t)small, out + written);
    }
    return written;
}

/* For ASCII, folding is lower case. */
static size_t fold_ascii(Fold fold, Span word, uint8_t *out)
{
    bool lowers = fold != FOLD_NOTHING && fold != FOLD_CANONICAL;
    for (size_t i = 0; i < word.size; i++) {
        uint8_t byte = word.data[i];
        out[i] = lowers && byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
    }
    return word.size;
}

static bool is_ascii(Span word)
{
    uint8_t bits = 0;
    for (size_t i = 0; i < word.size; i++) bits |= word.data[i];
    return bits < 0x80;
}

static size_t replace_invalid(Span word, uint8_t *out)
{
    const uint8_t *end = word.data + word.size;
    size_t written = 0, size;
    for (const uint8_t *at = word.data; at < end; at += size)
        written += utf8_encode(utf8_decode(at, end, &size), out + written);
    return written;
}

size_t fold_word(Fold fold, Span word, int32_t *scratch, uint8_t *out)
{
    bool is_plain = is_ascii(word) && (fold != FOLD_TURKISH ||
                                       !memchr(word.data, 'I', word.size));
    if (is_plain) return fold_ascii(fold, word, out);
    switch (fold) {
    case FOLD_NOTHING: return replace_invalid(word, out);
    case FOLD_LOWER: return fold_lower(word, out);
    case FOLD_CANONICAL:
    case FOLD_ACCENTED:
    case FOLD_TURKISH:
    case FOLD_FULL: return fold_normal(fold, word, scratch, out);
    }
    return 0;
}

void fold_text(Fold fold, Span text, Buf *out)
{
    if (text.size == 0) return;
    Buf clean = {0}, scratch = {0};
    utf8_put_clean(&clean, text);
    Span word = buf_span(&clean);
    void *letters = buf_reserve(&scratch,
                                word.size * FOLD_SCRATCH * sizeof(int32_t));
    uint8_t *folded = buf_reserve(out, word.size * FOLD_MAX_GROWTH);
    if (clean.status != OK || scratch.status != OK)
        out->status = ERR_NO_MEMORY;
    else if (folded)
        out->size += fold_word(fold, word, letters, folded);
    buf_release(&clean);
    buf_release(&scratch);
}

const char *fold_unicode_version(void)
{
    return utf8proc_unicode_version();
}
