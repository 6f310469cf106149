/* pair_scan.h - finds all adjacent words of a segment from its positions.
 *
 * Documents are taken in slices. The positions of all words in the documents of
 * a slice are sorted by document, and then looked at one document after the
 * other. What is found is what the segment's pairs have to be.
 */
#ifndef QUERN_PAIRS_PAIR_SCAN_H
#define QUERN_PAIRS_PAIR_SCAN_H

#include "common/segment/segment.h"

/* A word that pairs may be made of. */
typedef struct PairWord {
    uint32_t ordinal; /* of the term in its segment */
    uint32_t df;
} PairWord;

/* A word at a position, in order of (position, word). */
static inline uint64_t pair_entry(uint32_t position, uint16_t word)
{
    return (uint64_t)position << 16 | word;
}

static inline uint32_t entry_position(uint64_t entry)
{
    return (uint32_t)(entry >> 16);
}

static inline uint16_t entry_word(uint64_t entry)
{
    return (uint16_t)entry;
}

/* A pair as a number, in order of (first, second): indexes of words. */
static inline uint32_t pair_code(uint32_t first, uint32_t second)
{
    return first << 16 | second;
}

/* Takes what is found in a document: the code of a pair for each position of
 * its first word, in any order. Documents come in ascending order. */
typedef Status PairScanPut(void *self, uint32_t docid, const uint32_t *codes,
                           size_t count, Error *error);

typedef struct PairScan {
    Segment *segment;      /* has positions */
    const PairWord *words; /* ordinals ascend */
    uint32_t word_count;   /* <= PAIR_MAX_WORDS */
    uint32_t end_docid;    /* documents before it */
    size_t memory; /* for positions, about, and for mapped pages again */
    PairScanPut *put;
    void *self;
} PairScan;

NODISCARD Status pair_scan_run(const PairScan *scan, Error *error);

/* The most frequent words of a segment: all that are in at least min_df
 * documents, where min_df is raised until there are at most PAIR_MAX_WORDS.
 * Appends PairWords to `out`, in order of ordinals. */
NODISCARD Status pair_words_find(Segment *segment, uint32_t min_df, Buf *out,
                                 Error *error);

#endif
