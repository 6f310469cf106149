/* evaluator.h - the matches of a plan in a docid range, with their scores.
 *
 * The meaning of a plan, without pruning: exhaustive.c evaluates window after
 * window, bounded_tree.c the few ranges that may hold one of the k best.
 */
#ifndef QUERN_EXECUTORS_EVALUATOR_H
#define QUERN_EXECUTORS_EVALUATOR_H

#include "searcher/search/executors/execution.h"

enum { WINDOW_WORDS = WINDOW_DOCUMENTS / 64 };

/* The documents of a docid range (up to 4,096) that match a node. */
typedef struct MatchSet {
    uint64_t bits[WINDOW_WORDS];    /* which documents match */
    float scores[WINDOW_DOCUMENTS]; /* where a bit is set */
} MatchSet;

typedef struct Level Level;

typedef struct Evaluator {
    Execution *execution;
    Level *levels; /* workspace for each depth of the plan; of the arena */
    uint32_t first, end; /* the docid range */
    uint32_t words;      /* of 64 bits, in the docid range */
} Evaluator;

NODISCARD Status evaluator_init(Evaluator *evaluator, Execution *execution,
                                Error *error);

/* The matches among `words` * 64 documents from `first` on that may be hits.
 * Docid ranges must ascend. Borrowed until the next call. */
const MatchSet *evaluator_match(Evaluator *evaluator, uint32_t first,
                                uint32_t words);

/* The next match from slot `at` on; WINDOW_DOCUMENTS after the last. */
static inline uint32_t match_set_next(const Evaluator *evaluator,
                                      const MatchSet *matches, uint32_t at)
{
    while (at < evaluator->words * 64) {
        uint64_t rest = matches->bits[at / 64] >> (at % 64);
        if (rest) return at + (uint32_t)__builtin_ctzll(rest);
        at = (at | 63) + 1;
    }
    return WINDOW_DOCUMENTS;
}

#endif
