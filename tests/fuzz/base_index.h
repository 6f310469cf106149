/* base_index.h - a small index with every structure of the format. */
#ifndef QUERN_FUZZ_BASE_INDEX_H
#define QUERN_FUZZ_BASE_INDEX_H

#include <stdint.h>

typedef struct BaseShape {
    uint64_t seed;
    uint32_t documents, segments;
    uint32_t longest; /* words in most documents */
} BaseShape;

extern const BaseShape BASE_SHAPE;

/* Builds it in an existing empty folder: lists of every class, bounds,
 * champions, titles, fields, stored text, positions, and a skip log. A failure
 * ends the program. */
void base_index_make(const BaseShape *shape, const char *folder);

/* Appends word `number` of its texts; lower numbers are more frequent. */
void base_index_word(uint32_t number, char out[8]);

#endif
