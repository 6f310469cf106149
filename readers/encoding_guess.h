/* encoding_guess.h - the likely encoding of text that is not UTF-8. */
#ifndef QUERN_READERS_ENCODING_GUESS_H
#define QUERN_READERS_ENCODING_GUESS_H

#include "common/base/span.h"

/* A static label, or NULL. Looks at some of the text around its first byte
 * beyond ASCII. */
const char *encoding_guess(Span text);

#endif
