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

/* Whether a document of both lists has different scores. */
static bool find_other_score(const HitList *a, const HitList *b, size_t *rank)
{
    for (size_t i = 0; i < a->count; i++) {
        const AnsweredHit *other = find_hit(b, a->hits[i].id, i);
        *rank = i + 1;
        if (other && !are_tied(a->hits[i].score, other->score)) return true;
    }
    return false;
}

/* Whether a document of a is missing in b. */
static bool find_missing(const HitList *a, const HitList *b, size_t k,
                         size_t *rank)
{
    for (size_t i = 0; i < a->count; i++) {
        *rank = i + 1;
        if (!find_hit(b, a->hits[i].id, i) &&
            !may_be_cut(b, k, a->hits[i].score)) {
            return true;
        }
    }
    return false;
}

HitsMatch hits_compare(const HitList *a, const HitList *b, size_t k,
                       size_t *rank)
{
    if (find_other_score(a, b, rank)) return HITS_OTHER_SCORES;
    return find_missing(a, b, k, rank) || find_missing(b, a, k, rank)
               ? HITS_DIFFER
               : HITS_SAME;
}
