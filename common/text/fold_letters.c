/* fold_letters.c - letters and digits that Unicode does not decompose. */
#include "common/text/fold_letters.h"

#include <stddef.h>

/* Small Latin letters with a stroke, hook or tail, and ligatures. */
static const struct {
    int32_t letter;
    char folded[3];
} LATIN[] = {
    {0xdf, "ss"}, {0xe6, "ae"},  {0xf0, "d"},  {0xf8, "o"},   {0xfe, "th"},
    {0x111, "d"}, {0x127, "h"},  {0x131, "i"}, {0x138, "k"},  {0x142, "l"},
    {0x14b, "n"}, {0x153, "oe"}, {0x167, "t"}, {0x180, "b"},  {0x188, "c"},
    {0x18c, "d"}, {0x192, "f"},  {0x199, "k"}, {0x19a, "l"},  {0x19e, "n"},
    {0x1a5, "p"}, {0x1ad, "t"},  {0x1b4, "y"}, {0x1b6, "z"},  {0x1e5, "g"},
    {0x221, "d"}, {0x225, "z"},  {0x234, "l"}, {0x235, "n"},  {0x236, "t"},
    {0x237, "j"}, {0x23c, "c"},  {0x23f, "s"}, {0x240, "z"},  {0x247, "e"},
    {0x249, "j"}, {0x24d, "r"},  {0x24f, "y"}, {0x253, "b"},  {0x256, "d"},
    {0x257, "d"}, {0x260, "g"},  {0x268, "i"}, {0x26b, "l"},  {0x26d, "l"},
    {0x271, "m"}, {0x272, "n"},  {0x273, "n"}, {0x282, "s"},  {0x288, "t"},
    {0x289, "u"}, {0x28b, "v"},  {0x290, "z"}, {0x2c61, "l"}, {0x2c65, "a"},
    {0x2c66, "t"}};

/* Letters of the Arabic script that are one letter to those who search, as in
 * Lucene's ArabicNormalizer and PersianNormalizer. */
static const int32_t ARABIC[][2] = {
    {0x629, 0x647},                                 /* teh marbuta: heh */
    {0x649, 0x64a},                                 /* alef maksura: yeh */
    {0x671, 0x627},                                 /* alef wasla */
    {0x672, 0x627}, {0x673, 0x627}, {0x6a9, 0x643}, /* keheh: kaf */
    {0x6aa, 0x643}, {0x6c1, 0x647},                 /* heh goal */
    {0x6c3, 0x647}, {0x6cc, 0x64a},                 /* Farsi yeh */
    {0x6d2, 0x64a}, {0x6d5, 0x647},
};

/* The zeros of the decimal digits (general category Nd) of all scripts, without
 * those that have a compatibility form. Each is followed by 1 to 9. */
static const int32_t ZEROS[] = {
    0x660,   0x6f0,   0x7c0,   0x966,   0x9e6,   0xa66,   0xae6,   0xb66,
    0xbe6,   0xc66,   0xce6,   0xd66,   0xde6,   0xe50,   0xed0,   0xf20,
    0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,  0x1a80,  0x1a90,
    0x1b50,  0x1bb0,  0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,
    0xa9f0,  0xaa50,  0xabf0,  0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0,
    0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1e140,
    0x1e2f0, 0x1e950};

enum {
    LATIN_COUNT = sizeof LATIN / sizeof LATIN[0],
    ARABIC_COUNT = sizeof ARABIC / sizeof ARABIC[0],
    ZERO_COUNT = sizeof ZEROS / sizeof ZEROS[0]
};

static FoldedLetter fold_latin(int32_t letter)
{
    for (size_t i = 0; i < LATIN_COUNT && LATIN[i].letter <= letter; i++)
        if (LATIN[i].letter == letter)
            return (FoldedLetter){LATIN[i].folded[0], LATIN[i].folded[1]};
    return (FoldedLetter){letter, 0};
}

/* The last zero that is not above it decides. */
static int32_t fold_digit(int32_t letter)
{
    size_t low = 0, high = ZERO_COUNT;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (ZEROS[middle] <= letter)
            low = middle;
        else
            high = middle;
    }
    int32_t digit = letter - ZEROS[low];
    return digit >= 0 && digit <= 9 ? '0' + digit : letter;
}

FoldedLetter fold_letter(int32_t letter)
{
    if (letter < 0xdf) return (FoldedLetter){letter, 0};
    if (letter < 0x300 || (letter >= 0x2c61 && letter <= 0x2c66))
        return fold_latin(letter);
    if (letter < ZEROS[0] && letter != 0x629 && letter != 0x649)
        return (FoldedLetter){letter, 0};
    if (letter <= 0x6d5)
        for (size_t i = 0; i < ARABIC_COUNT; i++)
            if (ARABIC[i][0] == letter) return (FoldedLetter){ARABIC[i][1], 0};
    return (FoldedLetter){fold_digit(letter), 0};
}

/* Hamza above waw and yeh makes another letter; above alef it is left out. */
static bool drops_arabic(int32_t letter, int32_t base)
{
    if (letter == 0x654) return base != 0x648 && base != 0x64a;
    if (letter >= 0x64b && letter <= 0x65f) return true;
    if (letter >= 0x610 && letter <= 0x61a) return true;
    if (letter == 0x640 || letter == 0x670) return true;
    if (letter >= 0x6d6 && letter <= 0x6ed) /* Koranic signs */
        return letter != 0x6e5 && letter != 0x6e6 && letter != 0x6dd &&
               letter != 0x6de && letter != 0x6e9;
    return letter >= 0x8d3 && letter <= 0x8ff && letter != 0x8e2;
}

static bool drops_hebrew(int32_t letter)
{
    if (letter >= 0x591 && letter <= 0x5c7)
        return letter != 0x5be && letter != 0x5c0 && letter != 0x5c3 &&
               letter != 0x5c6;
    return letter == 0x5f3 || letter == 0x5f4;
}

bool fold_drops(int32_t letter, int32_t base)
{
    switch (letter) {
    case ' ':
    case '"':
    case 0xb7:               /* of the compatibility forms of U+0140, */
    case 0x2bc: return true; /* of U+0149 */
    }
    if (letter < 0x591 || letter > 0x8ff) return false;
    return drops_hebrew(letter) || drops_arabic(letter, base);
}
