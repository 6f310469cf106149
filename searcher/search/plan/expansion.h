/* expansion.h - expands a pattern to the terms it matches, over all segments.
 */
#ifndef QUERN_PLAN_EXPANSION_H
#define QUERN_PLAN_EXPANSION_H

#include "common/base/arena.h"
#include "common/segment/index.h"
#include "searcher/query/query.h"

typedef struct ExpandedTerm {
    Span text;   /* of the arena */
    uint64_t df; /* summed over the segments */
} ExpandedTerm;

typedef struct Expansion {
    ExpandedTerm *terms; /* in byte order */
    size_t count;
    size_t found; /* terms that match, before the limit */
} Expansion;

/* At most `limit` terms: the most frequent, ties in byte order. */
NODISCARD Status expansion_find(Index *index, const QueryNode *pattern,
                                size_t limit, Arena *arena, Expansion *out,
                                Error *error);

#endif
