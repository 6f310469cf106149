/* answer_compare.h - whether two engines answered a query the same.
 *
 * Documents of equal score may come in any order, and at the end of a full list
 * any of them may be missing: engines break ties differently. Scores are equal
 * if they differ by rounding only.
 */
#ifndef QUERN_ANSWERS_ANSWER_COMPARE_H
#define QUERN_ANSWERS_ANSWER_COMPARE_H

#include "bench/answers/hit_list.h"

#define SCORE_TOLERANCE 1e-5 /* relative */

typedef enum HitsMatch {
    HITS_SAME,
    HITS_OTHER_SCORES, /* a document has another score in the other list */
    HITS_DIFFER        /* a document is in one of the lists only */
} HitsMatch;

/* Of two lists of at most k hits. *rank is that of the first difference, from
 * 1. */
HitsMatch hits_compare(const HitList *a, const HitList *b, size_t k,
                       size_t *rank);

#endif
