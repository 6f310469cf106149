/* search_types.h - options and terms of a search: the types that search.h and
 * the plan share.
 */
#ifndef QUERN_PLAN_SEARCH_TYPES_H
#define QUERN_PLAN_SEARCH_TYPES_H

#include "searcher/query/query.h"

typedef struct IdFilter IdFilter;       /* searcher/search/id_filter.h */
typedef struct SearchTrace SearchTrace; /* searcher/search/search_trace.h */

enum { DEFAULT_MAX_EXPANSIONS = 1024 };

typedef struct SearchOptions {
    uint32_t k;      /* 0: count only */
    bool count;      /* count matches exactly */
    bool exhaustive; /* score every match, without pruning */
    float k1, b;     /* NaN: the index's own */
    uint32_t max_expansions;
    const IdFilter *filter; /* borrowed; NULL: all documents */
    SearchTrace *trace;     /* filled if not NULL */
} SearchOptions;

/* A term that a query searches for. One word of the query is a word, a pattern
 * with all terms it matches, or a whole phrase. */
typedef struct SearchTerm {
    Span text;
    uint32_t word;       /* of the query, from 0 */
    float idf;           /* of that word */
    QueryField field;    /* the only field where it counts */
    uint32_t slot_count; /* 1 for a single word; otherwise the words of the
                            phrase ... */
    uint32_t slot;       /* ... of which this is one, from 0 ... */
    uint32_t offset;     /* ... its position in the phrase ... */
    uint32_t slop;       /* ... and the slop of the phrase */
} SearchTerm;

#endif
