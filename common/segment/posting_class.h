/* posting_class.h - what follows from a term's df: the class of its list,
 * whether it has bounds, how many k-th values are recorded (FORMAT.md, terms).
 *
 * The writer follows these rules; the reader of records compares with them. So
 * a record of another class is damage, and no other code has to expect one.
 */
#ifndef QUERN_SEGMENT_POSTING_CLASS_H
#define QUERN_SEGMENT_POSTING_CLASS_H

#include "common/segment/format.h"

#include <stdbool.h>

/* Where classes begin: FORMAT.md, header. Tests use small limits, so that small
 * corpora reach every class. */
typedef struct ListLimits {
    uint32_t bitmap_share;
    uint32_t bounds_share;
    uint32_t short_limit; /* 1 .. 128 */
    /* The header does not have these: 0 where they are not known. */
    uint32_t champions;   /* of a frequent term, 1 .. MAX_CHAMPIONS */
    uint32_t pair_tokens; /* with fewer there are no pairs, unless asked for */
} ListLimits;

static const ListLimits default_limits = {
    DEFAULT_BITMAP_SHARE, DEFAULT_BOUNDS_SHARE, DEFAULT_SHORT_LIMIT,
    MAX_CHAMPIONS, DEFAULT_PAIR_TOKENS};

static inline PostingsClass posting_class(uint32_t df, uint32_t document_count,
                                          const ListLimits *limits)
{
    if (df == 1) return POSTINGS_INLINE;
    if (df <= limits->short_limit) return POSTINGS_SHORT;
    if ((uint64_t)df * limits->bitmap_share >= document_count) {
        return POSTINGS_BITMAP;
    }
    return POSTINGS_BLOCKS;
}

static inline bool list_has_bounds(uint32_t df, uint32_t document_count,
                                   const ListLimits *limits)
{
    return df > limits->short_limit &&
           (uint64_t)df * limits->bounds_share >= document_count;
}

/* Likewise of a pair of words: where its class needs them. */
static inline bool pair_has_bounds(uint32_t df, uint32_t document_count,
                                   const ListLimits *limits)
{
    return posting_class(df, document_count, limits) == POSTINGS_BITMAP;
}

static inline uint8_t kth_value_count(uint32_t df)
{
    uint8_t count = 0;
    while (count < KTH_LEVELS && df >= kth_levels[count]) count++;
    return count;
}

/* The posting is in the record; `postings` has nothing of the term. */
static inline bool class_is_inline(PostingsClass class)
{
    return class == POSTINGS_INLINE;
}

/* One block, whose widths are in the record. */
static inline bool class_is_short(PostingsClass class)
{
    return class == POSTINGS_SHORT;
}

/* Blocks of 128 postings and a directory of them. */
static inline bool class_has_directory(PostingsClass class)
{
    return class == POSTINGS_BLOCKS;
}

static inline bool class_is_bitmap(PostingsClass class)
{
    return class == POSTINGS_BITMAP;
}

/* Whether positions are in groups of 128 postings: not in the record, nor in
 * one stream. */
static inline bool class_has_groups(PostingsClass class)
{
    return class_has_directory(class) || class_is_bitmap(class);
}

#endif
