/* fold_letters.h - letters and digits that Unicode does not decompose. */
#ifndef QUERN_TEXT_FOLD_LETTERS_H
#define QUERN_TEXT_FOLD_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

/* One small Latin letter may become two (sharp s). */
typedef struct FoldedLetter {
    int32_t first, second; /* second 0: one letter */
} FoldedLetter;

/* What a decomposed, small letter is folded to; itself if nothing. */
FoldedLetter fold_letter(int32_t letter);

/* Whether it is left out: vowel signs and marks of Arabic and Hebrew, tatweel,
 * gershayim, quotes. `base` is the last letter before it. */
bool fold_drops(int32_t letter, int32_t base);

#endif
