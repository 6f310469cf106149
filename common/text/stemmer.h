/* stemmer.h - Snowball's stemmers; the only user of libstemmer.
 *
 * A Stemmer is for one thread. */
#ifndef QUERN_TEXT_STEMMER_H
#define QUERN_TEXT_STEMMER_H

#include "common/base/span.h"
#include "common/base/status.h"

typedef struct Stemmer Stemmer;

/* ERR_USAGE, with a list of the languages, if the language is unknown. */
NODISCARD Status stemmer_new(const char *language, Stemmer **out, Error *error);
void stemmer_free(Stemmer *stemmer);

/* The stem of a lower-case word, borrowed until the next call; empty with
 * NULL if memory ran out. */
Span stemmer_stem(Stemmer *stemmer, Span word);

/* The number of languages, since libstemmer does not expose its version. */
int stemmer_languages(void);

#endif
