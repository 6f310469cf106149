/* range_kernels.h - vector kernels of the executors: one table of functions for
 * each instruction set.
 *
 * A range is 64 documents with consecutive docids, a window 64 ranges (4,096
 * documents). The literature calls such ranges blocks of docids (block-max
 * pruning with docid-aligned blocks: Chakrabarti, Chaudhuri and Ganti,
 * Interval-Based Pruning for Top-k Processing over Compressed Lists, 2011;
 * Mallia, Suel and Tonellotto, Faster Learned Sparse Retrieval with Block-Max
 * Pruning, 2024). A block, here, is 128 postings of one list.
 *
 * Integer sums are of bounds (FORMAT.md, bounds), one u16 a range; they
 * saturate, so they never fall below the true sum. Arrays of ranges have room
 * for `count` rounded up to 64 and are 64-byte aligned; elements from `count`
 * on are zero. Every table gives the same results to the last bit;
 * range_kernels_scalar.c is the reference. The vector kernels repeat bm25_score
 * of common/segment/bm25.h with intrinsics, operation by operation.
 */
#ifndef QUERN_KERNELS_RANGE_KERNELS_H
#define QUERN_KERNELS_RANGE_KERNELS_H

#include "common/base/compiler.h"
#include "searcher/search/kernels/candidates.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The postings of a bitmap list in one range. */
typedef struct BitmapRange {
    uint64_t bits;        /* the documents of the range that have the term */
    uint64_t wanted;      /* those of them to score */
    const uint8_t *tfs;   /* stream of tf - 1 */
    uint32_t tf_bits;     /* 4 or 8 */
    uint32_t ordinal;     /* of the range's first posting in the list */
    const uint8_t *norms; /* of the range's 64 documents; readable as 64 */
    const float *inverse; /* of each norm code */
    float weight;
} BitmapRange;

/* Documents of one block of a list that may be among the k best. */
enum { CANDIDATE_BLOCK_ROOM = 128 + 16 };
typedef struct CandidateBlock {
    uint32_t docs[CANDIDATE_BLOCK_ROOM];
    float scores[CANDIDATE_BLOCK_ROOM]; /* of the lead list */
    float bounds[CANDIDATE_BLOCK_ROOM]; /* upper bounds of the total score */
    double sums[CANDIDATE_BLOCK_ROOM];  /* of the scores so far, for the
                                           executor; kernels ignore them */
    uint32_t count;
} CandidateBlock;

/* Covers the rounding of float bounds. */
#define BOUND_MARGIN (1.0f + 0x1p-18f)

/* The range bounds of another word: in a candidate's bound, its range's byte
 * replaces `max_score`. */
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

/* c of the norm codes of a block, which are stored minus the smallest of them.
 */
typedef struct CodeTable {
    const float *inverse; /* of stored code 0; max(64, 2^bits) are readable */
    uint32_t bits;        /* codes are below 2^bits */
} CodeTable;

typedef struct RangeKernels {
    /* sums[i] += bytes[i] * multiplier / 256 + 1 where bytes[i] is not 0 */
    void (*add_bytes)(uint16_t *sums, const uint8_t *bytes, size_t count,
                      uint16_t multiplier);

    /* For a required clause: the same, but sums[i] stays 0 if it is 0 and
     * becomes 0 if bytes[i] is. */
    void (*require_bytes)(uint16_t *sums, const uint8_t *bytes, size_t count,
                          uint16_t multiplier);

    /* For an optional clause of a group with required ones: as add_bytes, but
     * only where sums[i] is not 0. */
    void (*prefer_bytes)(uint16_t *sums, const uint8_t *bytes, size_t count,
                         uint16_t multiplier);

    /* Writes each i with sums[i] >= min to `out`, ascending, and returns how
     * many; `out` has room for count + 64. min >= 1. */
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
     * code], or stored as an exception. */
    uint64_t (*high_tf)(const BitmapRange *range, const uint8_t *min_tfs);

    /* Adds the scores of postings in live ranges to the window's 4,096 sums, up
     * to the window's end; returns the ranges that got one. */
    uint64_t (*add_window)(const WindowPostings *postings, double *sums);

    /* Bit i: sums[i] >= min, for the 64 documents of a range. */
    uint64_t (*at_least)(const double *sums, double min);

    /* Sets 64 sums to 0. (Compilers turn a loop into a slow "rep stos".) */
    void (*clear)(double *sums);

    /* The number of bits set in both a and b. */
    uint64_t (*count_and)(const uint64_t *a, const uint64_t *b, size_t words);

    /* a[i] |= b[i], a[i] &= b[i], a[i] &= ~b[i] */
    void (*or_bits)(uint64_t *a, const uint64_t *b, size_t words);
    void (*and_bits)(uint64_t *a, const uint64_t *b, size_t words);
    void (*remove_bits)(uint64_t *a, const uint64_t *b, size_t words);
    uint64_t (*count_bits)(const uint64_t *a, size_t words);

    /* Copies the docids whose bit is set from docs[0 .. count) to `out`, which
     * may be docs; returns how many. Both have room for count rounded up to 16.
     */
    size_t (*test_bits)(const uint32_t *docs, size_t count,
                        const uint64_t *bits, uint32_t *out);

    /* The number of docids below docid among ascending ones; docs is readable
     * up to count rounded up to 16. */
    uint32_t (*count_below)(const uint32_t *docs, uint32_t count,
                            uint32_t docid);

    /* Intersects ascending docids with up to 128 ascending others:
     * docs[found[n]] == others[slots[n]]; returns how many. Both are readable
     * up to their count rounded up to 16; found and slots have room for
     * `count`. */
    uint32_t (*match)(const uint32_t *docs, uint32_t count,
                      const uint32_t *others, uint32_t other_count,
                      uint8_t *found, uint8_t *slots);

    /* Sets the bounds of candidates from their score in the lead list and
     * `rest`, the most that all other words add; drops those below `needed`. */
    void (*prune_by_score)(CandidateBlock *block, float rest, float needed);

    /* Drop the candidates that a filter or a missing bit rules out, in place
     * and in order. */
    void (*prune_by_ranges)(CandidateBlock *block, const PruneFilter *filter);
    void (*prune_by_bits)(CandidateBlock *block, const uint64_t *bits);

    /* candidates.h */
    CandidatesTake *take;
    CandidatesDrop *drop;
    CandidatesLookUp *look_up;
} RangeKernels;

/* The table for cpu_level(). */
const RangeKernels *range_kernels(void);

extern HIDDEN const RangeKernels range_kernels_scalar;

/* Scalar kernels that tables of other instruction sets use too. */
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
extern HIDDEN const RangeKernels range_kernels_avx2;
extern HIDDEN const RangeKernels range_kernels_avx512;
#elif defined(__aarch64__)
extern HIDDEN const RangeKernels range_kernels_neon;
#endif

#endif
