/* level_compare.h - compares the answers of all instruction sets, query by
 * query. */
#ifndef QUERN_VERIFY_LEVEL_COMPARE_H
#define QUERN_VERIFY_LEVEL_COMPARE_H

#include "bench/queries/query_set.h"
#include "bench/verify/certificate.h"

/* Two answers that should be equal. */
typedef struct AnswerDifference {
    const char *qid;
    uint32_t k;                 /* 0: the number of matches */
    uint32_t rank;              /* of the first difference, from 1 */
    const char *first, *second; /* what gave them: "avx2, pruned" */
    RecordHit first_hit, second_hit;
    uint64_t first_count, second_count;
} AnswerDifference;

typedef struct LevelComparison {
    const Index *index;
    const QuerySet *queries;
    char *const *arguments; /* to start a process with (level_process.h) */
    /* Called with each difference; may be slow, there are few. */
    void (*visit)(void *self, const AnswerDifference *difference);
    /* Called after each query. */
    void (*progress)(void *self, size_t queries);
    void *self;
} LevelComparison;

/* Starts a process for each level of the machine up to the current one, or of
 * QUERN_CPU. Fills levels, digests, hits and differences of the certificate,
 * whose depths are set. */
NODISCARD Status levels_compare(const LevelComparison *comparison,
                                Certificate *certificate, Error *error);

#endif
