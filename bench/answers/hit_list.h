/* hit_list.h - the hits that an engine answered: ids and scores, best first. */
#ifndef QUERN_ANSWERS_HIT_LIST_H
#define QUERN_ANSWERS_HIT_LIST_H

#include "common/base/arena.h"

#include <stdbool.h>

typedef struct AnsweredHit {
    Span id;
    double score;
} AnsweredHit;

typedef struct HitList {
    AnsweredHit *hits; /* of the arena that it was read into */
    size_t count;
    bool is_supported;
} HitList;

/* Reads [["id",score],...], the answer to HITS_k, or UNSUPPORTED. False if it
 * is neither, has more than k hits, two of one id, or is not in descending
 * order of score; or without memory (arena->status). */
bool hit_list_parse(Span answer, size_t k, Arena *arena, HitList *out);

#endif
