/* expansion.h - the terms that a pattern stands for, over all segments. */
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
    size_t found; /* how many fit before the choice of the most frequent */
} Expansion;

/* At most `limit` terms: those in most documents, ties in byte order. */
NODISCARD Status expansion_find(Index *index, const QueryNode *pattern,
                                size_t limit, Arena *arena, Expansion *out,
                                Error *error);

/* All terms that begin with `prefix`, likewise. */
NODISCARD Status expansion_of_prefix(Index *index, Span prefix, size_t limit,
                                     Arena *arena, Expansion *out,
                                     Error *error);

#endif
