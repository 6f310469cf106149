/* porter.c - Porter's stemmer for English.
 *
 * M. F. Porter, An algorithm for suffix stripping, Program 14 (1980), 130-137,
 * with the two changes that Porter's own page has and Lucene follows (step 2:
 * BLI to BLE in place of ABLI to ABLE, and LOGI to LOG), and words of one and
 * two letters unchanged. Lengths are in UTF-16 units as in Lucene: this decides
 * which words are short and which letters are doubled.
 *
 * Terms of the paper: a word is [C](VC)^m[V], C and V runs of consonants and
 * vowels; m is the measure of the stem before a suffix. Y is a vowel after a
 * consonant. All characters but English letters are consonants.
 */
#include "common/text/analyzer_internal.h"

#include "common/base/compiler.h"
#include "common/base/utf8.h"
#include "common/text/word_break.h"

#include <stdbool.h>
#include <string.h>

typedef struct Stem {
    uint16_t *letters;
    size_t length;
} Stem;

static bool is_vowel(const Stem *stem, size_t i)
{
    switch (stem->letters[i]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u': return true;
    case 'y': return i > 0 && !is_vowel(stem, i - 1);
    default: return false;
    }
}

/* m of the first `length` letters: how often a consonant follows a vowel. */
static size_t measure(const Stem *stem, size_t length)
{
    size_t count = 0;
    bool before = false;
    for (size_t i = 0; i < length; i++) {
        uint16_t letter = stem->letters[i];
        bool vowel = letter == 'y' ? i > 0 && !before : is_vowel(stem, i);
        count += before && !vowel;
        before = vowel;
    }
    return count;
}

/* *v* of the paper */
static bool has_vowel(const Stem *stem, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (is_vowel(stem, i)) return true;
    return false;
}

/* *d: ends in two equal consonants */
static bool ends_double(const Stem *stem)
{
    size_t n = stem->length;
    return n >= 2 && stem->letters[n - 1] == stem->letters[n - 2] &&
           !is_vowel(stem, n - 1);
}

/* *o: the first `length` letters end consonant, vowel, consonant other than
 * w, x, y. */
static bool ends_short(const Stem *stem, size_t length)
{
    if (length < 3) return false;
    uint16_t last = stem->letters[length - 1];
    return !is_vowel(stem, length - 1) && is_vowel(stem, length - 2) &&
           !is_vowel(stem, length - 3) && last != 'w' && last != 'x' &&
           last != 'y';
}

/* Whether the word has the suffix; *before is the length of the stem. */
static ALWAYS_INLINE bool ends(const Stem *stem, const char *suffix,
                               size_t *before)
{
    size_t size = strlen(suffix);
    if (size > stem->length) return false;
    size_t start = stem->length - size;
    for (size_t i = 0; i < size; i++)
        if (stem->letters[start + i] != (uint8_t)suffix[i]) return false;
    *before = start;
    return true;
}

static void replace(Stem *stem, size_t before, const char *suffix)
{
    stem->length = before;
    for (; *suffix; suffix++) stem->letters[stem->length++] = (uint8_t)*suffix;
}

/* Step 1a: plurals. */
static void drop_plural(Stem *stem)
{
    size_t before;
    if (ends(stem, "sses", &before) || ends(stem, "ies", &before))
        stem->length -= 2;
    else if (ends(stem, "s", &before) && !ends(stem, "ss", &before))
        stem->length--;
}

/* Step 1b: -eed, -ed, -ing. */
static void drop_participle(Stem *stem)
{
    size_t before;
    if (ends(stem, "eed", &before)) {
        if (measure(stem, before) > 0) stem->length--;
        return;
    }
    if (!ends(stem, "ed", &before) && !ends(stem, "ing", &before)) return;
    if (!has_vowel(stem, before)) return;
    stem->length = before;
    if (ends(stem, "at", &before) || ends(stem, "bl", &before) ||
        ends(stem, "iz", &before)) {
        replace(stem, stem->length, "e");
    } else if (ends_double(stem)) {
        uint16_t last = stem->letters[stem->length - 1];
        if (last != 'l' && last != 's' && last != 'z') stem->length--;
    } else if (measure(stem, stem->length) == 1 &&
               ends_short(stem, stem->length)) {
        replace(stem, stem->length, "e");
    }
}

/* Step 1c: happy, happi. */
static void soften_y(Stem *stem)
{
    size_t before;
    if (ends(stem, "y", &before) && has_vowel(stem, before))
        replace(stem, before, "i");
}

/* A suffix, its size, its replacement. */
typedef struct Rule {
    const char *suffix;
    size_t size;
    const char *instead;
} Rule;

#define RULE(suffix, instead)              \
    {                                      \
        suffix, sizeof suffix - 1, instead \
    }

/* clang-format off */
static const Rule STEP_2[] = {
    RULE("ational", "ate"), RULE("tional", "tion"), RULE("enci", "ence"),
    RULE("anci", "ance"),   RULE("izer", "ize"),    RULE("bli", "ble"),
    RULE("alli", "al"),     RULE("entli", "ent"),   RULE("eli", "e"),
    RULE("ousli", "ous"),   RULE("ization", "ize"), RULE("ation", "ate"),
    RULE("ator", "ate"),    RULE("alism", "al"),    RULE("iveness", "ive"),
    RULE("fulness", "ful"), RULE("ousness", "ous"), RULE("aliti", "al"),
    RULE("iviti", "ive"),   RULE("biliti", "ble"),  RULE("logi", "log"),
    {NULL, 0, NULL}};

static const Rule STEP_3[] = {
    RULE("icate", "ic"), RULE("ative", ""), RULE("alize", "al"),
    RULE("iciti", "ic"), RULE("ical", "ic"), RULE("ful", ""),
    RULE("ness", ""), {NULL, 0, NULL}};

static const Rule STEP_4[] = {
    RULE("al", ""),    RULE("ance", ""), RULE("ence", ""), RULE("er", ""),
    RULE("ic", ""),    RULE("able", ""), RULE("ible", ""), RULE("ant", ""),
    RULE("ement", ""), RULE("ment", ""), RULE("ent", ""),  RULE("ion", ""),
    RULE("ou", ""),    RULE("ism", ""),  RULE("ate", ""),  RULE("iti", ""),
    RULE("ous", ""),   RULE("ive", ""),  RULE("ize", ""),  {NULL, 0, NULL}};
/* clang-format on */

/* Steps 2 to 4: the first matching suffix decides, even if the stem is too
 * short (m at most `above`) to be changed. The letter before the last excludes
 * most rules, as Porter found. */
static void apply(Stem *stem, const Rule *rules, size_t above)
{
    if (stem->length < 2) return;
    uint16_t key = stem->letters[stem->length - 2];
    for (; rules->suffix; rules++) {
        size_t before;
        if ((uint8_t)rules->suffix[rules->size - 2] != key) continue;
        if (!ends(stem, rules->suffix, &before)) continue;
        if (measure(stem, before) > above)
            replace(stem, before, rules->instead);
        return;
    }
}

/* Step 4 removes -ion only after s and t. */
static void drop_suffix(Stem *stem)
{
    size_t before;
    if (ends(stem, "ion", &before)) {
        uint16_t last = before ? stem->letters[before - 1] : 0;
        if (last != 's' && last != 't') return;
    }
    apply(stem, STEP_4, 1);
}

/* Step 5: a final -e, and -ll to -l. */
static void tidy(Stem *stem)
{
    size_t before;
    if (ends(stem, "e", &before)) {
        size_t m = measure(stem, before);
        if (m > 1 || (m == 1 && !ends_short(stem, before)))
            stem->length = before;
    }
    if (ends(stem, "ll", &before) && measure(stem, stem->length) > 1)
        stem->length--;
}

size_t porter_stem_units(uint16_t *word, size_t length)
{
    if (length <= 2) return length;
    Stem stem = {word, length};
    drop_plural(&stem);
    drop_participle(&stem);
    soften_y(&stem);
    apply(&stem, STEP_2, 0);
    apply(&stem, STEP_3, 0);
    drop_suffix(&stem);
    tidy(&stem);
    return stem.length;
}

size_t porter_stem(uint8_t *word, size_t size)
{
    uint16_t units[WORD_MAX_UNITS + 1];
    size_t count = 0, step;
    for (size_t at = 0; at < size; at += step) {
        uint32_t code_point = utf8_decode(word + at, word + size, &step);
        if (code_point > 0xffff) {
            units[count++] = (uint16_t)(0xd7c0 + (code_point >> 10));
            code_point = 0xdc00 | (code_point & 0x3ff);
        }
        units[count++] = (uint16_t)code_point;
    }
    count = porter_stem_units(units, count);
    size_t written = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t code_point = units[i];
        if (code_point >= 0xd800 && code_point < 0xdc00 && i + 1 < count) {
            uint32_t low = units[++i] & 0x3ffu;
            code_point = 0x10000 + ((code_point & 0x3ff) << 10 | low);
        }
        written += utf8_encode(code_point, word + written);
    }
    return written;
}
