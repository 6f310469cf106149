/* search_types.h - what a search is asked and what its plan tells: the types
 * that search.h and the plan share.
 */
#ifndef QUERN_PLAN_SEARCH_TYPES_H
#define QUERN_PLAN_SEARCH_TYPES_H

#include "searcher/query/query.h"

typedef struct IdFilter IdFilter; /* searcher/search/id_filter.h */

enum { DEFAULT_MAX_EXPANSIONS = 1024 };

typedef struct SearchOptions {
    uint32_t k;      /* 0: count only */
    bool count;      /* whether the exact number of matches is wanted */
    bool exhaustive; /* score every match: the living proof */
    float k1, b;     /* NaN: the index's own */
    uint32_t max_expansions;
    const IdFilter *filter; /* borrowed; NULL: all documents */
} SearchOptions;

/* A term that a query looks for. What counts as one word of the query is a
 * word, a pattern with all that it stands for, or a whole phrase. */
typedef struct SearchTerm {
    Span text;
    uint32_t word;       /* of the query, from 0 */
    float idf;           /* of that word: how rare it is */
    QueryField field;    /* where alone it counts */
    uint32_t slot_count; /* 1: found anywhere; else the phrase's words ... */
    uint32_t slot;       /* ... which of them this is, from 0 ... */
    uint32_t offset;     /* ... its position in the phrase ... */
    uint32_t slop;       /* ... and how far out of place they may be together */
} SearchTerm;

#endif
