/* bm25.h - BM25 to the last bit as Lucene's BM25Similarity computes it.
 *
 *   idf     = (float) ln(1 + (N - df + 0.5) / (df + 0.5))   in double
 *   c[code] = 1 / (k1 * ((1 - b) + b * len(code) / avgdl))  in float, each
 *                                                    operation rounded
 *   score   = w - w / (1 + tf * c[code]),  w = boost * idf  in float
 *
 * N: documents with at least one token; avgdl: tokens / N. Lengths are kept
 * in one byte (SmallFloat.intToByte4). No operation may be fused
 * (-ffp-contract=off). Source: Lucene 10, BM25Similarity, SmallFloat;
 * Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.4.
 */
#ifndef QUERN_SEGMENT_BM25_H
#define QUERN_SEGMENT_BM25_H

#include <stdbool.h>
#include <stdint.h>

enum { NORM_CODES = 256 };

enum { INVERSE_SLACK = 64 };

typedef struct Bm25 {
    float k1, b;
    float average_length; /* 1 where there is no token */
    /* c of each norm code, and zeros, so that from each of them on as many can
     * be read as vectors want. */
    float inverse[NORM_CODES + INVERSE_SLACK];
} Bm25;

/* The length byte: exact to 40, then truncated to 4 leading bits. */
uint8_t norm_encode(uint32_t length);
uint32_t norm_decode(uint8_t code);

/* The greatest length with this code. */
uint32_t norm_max_length(uint8_t code);

/* avgdl; nonempty_count may be 0. */
float bm25_average(uint64_t token_count, uint64_t nonempty_count);

/* k1 >= 0, 0 <= b <= 1. nonempty_count may be 0. */
void bm25_init(Bm25 *bm25, float k1, float b, uint64_t token_count,
               uint64_t nonempty_count);

/* The same for a given average length, as a segment records it. */
void bm25_init_average(Bm25 *bm25, float k1, float b, float average_length);

float bm25_idf(uint64_t nonempty_count, uint64_t df);

/* The score of a term or phrase with this frequency (sloppy phrases have
 * fractions). All scalar code uses this function; the vector kernels repeat it
 * with intrinsics. */
static inline float bm25_score_frequency(float weight, float frequency,
                                         float inverse)
{
    return weight - weight / (1.0f + frequency * inverse);
}

static inline float bm25_score(float weight, uint32_t tf, float inverse)
{
    return bm25_score_frequency(weight, (float)tf, inverse);
}

/* The score with a weight of 1, for bounds (FORMAT.md, bounds). */
static inline double bm25_fraction(uint32_t tf, float inverse)
{
    float product = (float)tf * inverse;
    return 1.0 - 1.0 / (1.0 + (double)product);
}

#endif
