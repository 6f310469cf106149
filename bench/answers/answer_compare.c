/* answer_compare.c - whether two engines answered a query the same. */
#include "bench/answers/answer_compare.h"

#include <math.h>

static bool are_tied(double a, double b)
{
    return fabs(a - b) <= SCORE_TOLERANCE * fmax(fabs(a), fabs(b));
}

/* Lists of equal engines have it at the same rank, so that is tried first. */
static const AnsweredHit *find_hit(const HitList *list, Span id, size_t rank)
{
    if (rank < list->count && span_equal(list->hits[rank].id, id))
        return &list->hits[rank];
    for (size_t i = 0; i < list->count; i++) {
        if (span_equal(list->hits[i].id, id)) return &list->hits[i];
    }
    return NULL;
}

/* Whether hits with this score may be cut off from the other list, because it
 * is full and ends with that score. */
static bool may_be_cut(const HitList *other, size_t k, double score)
{
    return other->count == k && k && are_tied(other->hits[k - 1].score, score);
}

static HitsMatch compare_one(const HitList *a, const HitList *b, size_t k,
                             size_t *rank)
{
    for (size_t i = 0; i < a->count; i++) {
        const AnsweredHit *hit = &a->hits[i];
        const AnsweredHit *other = find_hit(b, hit->id, i);
        *rank = i + 1;
        if (other && !are_tied(hit->score, other->score))
            return HITS_OTHER_SCORES;
        if (!other && !may_be_cut(b, k, hit->score)) return HITS_DIFFER;
    }
    return HITS_SAME;
}

HitsMatch hits_compare(const HitList *a, const HitList *b, size_t k,
                       size_t *rank)
{
    size_t other_rank;
    HitsMatch match = compare_one(a, b, k, rank);
    HitsMatch back = compare_one(b, a, k, &other_rank);
    if (match == HITS_SAME || (back == HITS_OTHER_SCORES && match != back)) {
        *rank = other_rank;
        match = back;
    }
    return match;
}
