/* porter.h - Porter's stemmer for English, as Lucene's PorterStemFilter. */
#ifndef QUERN_TEXT_PORTER_H
#define QUERN_TEXT_PORTER_H

#include <stddef.h>
#include <stdint.h>

/* Stems a lower-case word of UTF-16 units in place and returns its new length,
 * at most `length`. */
size_t porter_stem_units(uint16_t *word, size_t length);

/* The same for a word of at most 255 units in UTF-8. */
size_t porter_stem(uint8_t *word, size_t size);

#endif
