/* range_kernels.h - the vector work of the executors, one table an
 * instruction set.
 *
 * Integer sums are of bounds (FORMAT.md, bounds), one u16 for each range of
 * 64 documents; they saturate, so they never fall below the true sum. Arrays
 * of ranges have room for `count` rounded up to 64 and are 64-byte aligned;
 * places behind the count hold zeros. Every table gives the same results to
 * the last bit; range_kernels_scalar.c is the reference.
 */
#ifndef QUERN_KERNELS_RANGE_KERNELS_H
#define QUERN_KERNELS_RANGE_KERNELS_H

#include "searcher/search/kernels/candidates.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The postings of a bitmap list in one range. */
typedef struct BitmapRange {
    uint64_t bits;        /* the documents of the range that the term is in */
    uint64_t wanted;      /* those of them whose score is asked for */
    const uint8_t *tfs;   /* stream of tf - 1 */
    uint32_t tf_bits;     /* 4 or 8 */
    uint32_t ordinal;     /* of the range's first posting in the stream */
    const uint8_t *norms; /* of the range's 64 documents; readable as 64 */
    const float *inverse; /* of each norm code */
    float weight;
} BitmapRange;

/* Documents of one block of a list that may be among the k best. */
enum { CANDIDATE_BLOCK_ROOM = 128 + 16 };
typedef struct CandidateBlock {
    uint32_t docs[CANDIDATE_BLOCK_ROOM];
    float scores[CANDIDATE_BLOCK_ROOM]; /* that the list gives them */
    float bounds[CANDIDATE_BLOCK_ROOM]; /* no document scores above */
    double sums[CANDIDATE_BLOCK_ROOM];  /* with the scores of lists matched
                                since; no  kernel touches them */
    uint32_t count;
} CandidateBlock;

/* Makes up for the rounding of float bounds. */
#define BOUND_MARGIN (1.0f + 0x1p-18f)

/* What another word's range bytes tell of a document: a byte takes the place
 * of `greatest` in its bound. */
typedef struct PruneFilter {
    const uint8_t *ranges; /* readable 3 bytes past the last range */
    float byte_weight;
    float max_score;
    float needed;  /* documents with a smaller bound are dropped ... */
    bool required; /* ... and so are those whose byte is 0 */
} PruneFilter;

/* Ascending postings and the live ranges of a window (a bit each). */
typedef struct WindowPostings {
    const uint32_t *docs; /* count of them, all >= first; readable as 16 more */
    const float *scores;  /* likewise */
    uint32_t count;
    uint32_t first; /* docid of the window's first document */
    uint64_t live;
} WindowPostings;

/* c of norm codes that are stored as the difference to the least of a block. */
typedef struct CodeTable {
    const float *inverse; /* of code 0; 64 are readable, 2^bits if more */
    uint32_t bits;        /* codes are below 2^bits */
} CodeTable;

typedef struct RangeKernels {
    /* sums[i] += bytes[i] * multiplier / 256 + 1 where bytes[i] is not 0 */
    void (*add_bytes)(uint16_t *sums, const uint8_t *bytes, size_t count,
                      uint16_t multiplier);

    /* The same where sums[i] is not 0 either; where bytes[i] is 0, sums[i]
     * becomes 0: a required clause. */
    void (*require_bytes)(uint16_t *sums, const uint8_t *bytes, size_t count,
                          uint16_t multiplier);

    /* The same as add_bytes only where sums[i] is not 0: an optional clause
     * beside required ones. */
    void (*prefer_bytes)(uint16_t *sums, const uint8_t *bytes, size_t count,
                         uint16_t multiplier);

    /* The numbers i with sums[i] >= min, ascending; how many. `out` has
     * room for count + 64. min >= 1. */
    size_t (*select_ranges)(const uint16_t *sums, size_t count, uint16_t min,
                            uint32_t *out);

    /* Bit i: sums[i] >= min, for the 64 ranges of a window. */
    uint64_t (*live_ranges)(const uint16_t *sums, uint16_t min);

    /* Bit i: bytes[i] >= min, for the 64 ranges of a window. min >= 1. */
    uint64_t (*live_bytes)(const uint8_t *bytes, uint8_t min);

    /* The maximum of 64 bytes. */
    uint8_t (*max_byte)(const uint8_t *bytes);

    /* sums[i] += bytes[i] * weight, for the 64 ranges of a window. */
    void (*add_weights)(float *sums, const uint8_t *bytes, float weight);

    /* scores[i] = weight - weight / (1 + tfs[i] * inverse[codes[i]]) for
     * count rounded up to 16. */
    void (*score)(const uint32_t *tfs, const uint32_t *codes, size_t count,
                  const CodeTable *table, float weight, float *scores);

    /* Adds the scores of a bitmap's wanted postings to 64 sums; returns the
     * wanted postings whose tf is an exception, which were not added. */
    uint64_t (*add_bitmap)(const BitmapRange *range, double *sums);

    /* The wanted documents of a bitmap whose tf - 1 is at least min_tfs[norm
     * code] or an exception. */
    uint64_t (*high_tf)(const BitmapRange *range, const uint8_t *min_tfs);

    /* Adds the scores of postings in live ranges to the window's 4,096 sums,
     * up to the window's end; the ranges that got one. */
    uint64_t (*add_window)(const WindowPostings *postings, double *sums);

    /* Bit i: sums[i] >= min, for the 64 documents of a range. */
    uint64_t (*at_least)(const double *sums, double min);

    /* 64 sums become 0. (Compilers make a slow "rep stos" of a loop.) */
    void (*clear)(double *sums);

    /* How many bits a and b have in common. */
    uint64_t (*count_and)(const uint64_t *a, const uint64_t *b, size_t words);

    /* a[i] |= b[i], a[i] &= b[i], a[i] &= ~b[i] */
    void (*or_bits)(uint64_t *a, const uint64_t *b, size_t words);
    void (*and_bits)(uint64_t *a, const uint64_t *b, size_t words);
    void (*remove_bits)(uint64_t *a, const uint64_t *b, size_t words);
    uint64_t (*count_bits)(const uint64_t *a, size_t words);

    /* Keeps of docs[0 .. count) those whose bit is set; how many. `out` may
     * be docs; both have room for count rounded up to 16. */
    size_t (*test_bits)(const uint32_t *docs, size_t count,
                        const uint64_t *bits, uint32_t *out);

    /* How many of ascending docids are below docid; docs is readable up to
     * count rounded up to 16. */
    uint32_t (*count_below)(const uint32_t *docs, uint32_t count,
                            uint32_t docid);

    /* The documents that are among up to 128 others, which both ascend:
     * docs[found[n]] == others[places[n]]; how many. Both are readable up to
     * their count rounded up to 16; found and places have room for `count`. */
    uint32_t (*match)(const uint32_t *docs, uint32_t count,
                      const uint32_t *others, uint32_t other_count,
                      uint8_t *found, uint8_t *slots);

    /* Bounds of documents of which only the lead's score is known: no other
     * word gives more than `rest`. Drops those below `needed`. */
    void (*prune_by_score)(CandidateBlock *block, float rest, float needed);

    /* Drop, in place and in order, the candidates that a filter or a missing
     * bit rules out. */
    void (*prune_by_ranges)(CandidateBlock *block, const PruneFilter *filter);
    void (*prune_by_bits)(CandidateBlock *block, const uint64_t *bits);

    /* candidates.h */
    CandidatesTake *take;
    CandidatesDrop *drop;
    CandidatesLookUp *look_up;
} RangeKernels;

/* The table for cpu_level(). */
const RangeKernels *range_kernels(void);

extern const RangeKernels range_kernels_scalar;

/* Scalar kernels, for instruction sets that cannot do better. */
uint64_t add_window_scalar(const WindowPostings *postings, double *sums);
uint64_t high_tf_scalar(const BitmapRange *range, const uint8_t *min_tfs);
uint32_t count_below_scalar(const uint32_t *docs, uint32_t count,
                            uint32_t docid);
void prune_by_ranges_scalar(CandidateBlock *block, const PruneFilter *filter);
void prune_by_bits_scalar(CandidateBlock *block, const uint64_t *bits);
void prune_by_score_scalar(CandidateBlock *block, float rest, float needed);
uint32_t match_scalar(const uint32_t *docs, uint32_t count,
                      const uint32_t *others, uint32_t other_count,
                      uint8_t *found, uint8_t *slots);
#if defined(__x86_64__)
extern const RangeKernels range_kernels_avx2;
extern const RangeKernels range_kernels_avx512;
#elif defined(__aarch64__)
extern const RangeKernels range_kernels_neon;
#endif

#endif
