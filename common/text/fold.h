/* fold.h - maps spelling variants to one form; the only user of utf8proc.
 *
 * Stateless, so safe in any thread. */
#ifndef QUERN_TEXT_FOLD_H
#define QUERN_TEXT_FOLD_H

#include "common/base/buf.h"
#include "common/base/span.h"

typedef enum Fold {
    FOLD_NOTHING,   /* bytes as they are, invalid ones replaced */
    FOLD_LOWER,     /* lower case of each code point, as Java's */
    FOLD_CANONICAL, /* NFC; invisible characters dropped */
    FOLD_ACCENTED,  /* NFKC, that, lower case */
    FOLD_TURKISH,   /* the same, I without a dot is dotless */
    FOLD_FULL       /* the same as FOLD_ACCENTED, accents dropped, letters and
                       digits replaced: docs/analyzers.md */
} Fold;

/* A folded word has at most FOLD_MAX_GROWTH times the bytes of the original
 * (U+FDFA has 3 bytes and decomposes to 18 characters), and folding needs at
 * most FOLD_SCRATCH code points per byte. An invalid byte becomes three. */
enum { FOLD_MAX_GROWTH = 11, FOLD_SCRATCH = 6 };

/* Folds valid UTF-8 (with FOLD_NOTHING any bytes) to `out` and returns the
 * bytes written, 0 if the result is empty. `scratch` has room for word.size *
 * FOLD_SCRATCH code points, `out` for word.size * FOLD_MAX_GROWTH bytes. */
size_t fold_word(Fold fold, Span word, int32_t *scratch, uint8_t *out);

/* Folds any text of any length to the end of out. */
void fold_text(Fold fold, Span text, Buf *out);

/* "15.0.0": the Unicode version of utf8proc's tables. */
const char *fold_unicode_version(void);

#endif
