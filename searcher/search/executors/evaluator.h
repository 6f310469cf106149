/* evaluator.h - what matches in a stretch of documents, and how well.
 *
 * The meaning of a plan, without any pruning: exhaustive.c asks for window
 * after window, bounded_tree.c for the few ranges worth it.
 */
#ifndef QUERN_EXECUTORS_EVALUATOR_H
#define QUERN_EXECUTORS_EVALUATOR_H

#include "searcher/search/executors/execution.h"

enum { WINDOW_WORDS = WINDOW_DOCUMENTS / 64 };

/* A node's answer for a stretch of up to 4,096 documents. */
typedef struct MatchSet {
    uint64_t bits[WINDOW_WORDS];    /* the documents that match */
    float scores[WINDOW_DOCUMENTS]; /* where a bit is set */
} MatchSet;

typedef struct Level Level;

typedef struct Evaluator {
    Execution *execution;
    Level *levels; /* workspace for each depth of the plan; of the arena */
    uint32_t first, end; /* docids of the stretch */
    uint32_t words;      /* of its bits */
} Evaluator;

NODISCARD Status evaluator_init(Evaluator *evaluator, Execution *execution,
                                Error *error);

/* What the plan answers for `words` times 64 documents from `first`, deleted
 * ones left out. Stretches go forward. Borrowed until the next call. */
const MatchSet *evaluator_match(Evaluator *evaluator, uint32_t first,
                                uint32_t words);

/* The next document of an answer at or behind `at`; WINDOW_DOCUMENTS if there
 * is none. */
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
