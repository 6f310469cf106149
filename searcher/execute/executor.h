/* executor.h - what every executor is given: one segment of a planned query.
 *
 * Executors show documents to one collector, segment after segment, so that
 * all share its threshold. A document's number there is its global docid.
 */
#ifndef QUERN_EXECUTE_EXECUTOR_H
#define QUERN_EXECUTE_EXECUTOR_H

#include "searcher/execute/list_cursor.h"
#include "searcher/execute/phrase_match.h"
#include "searcher/execute/plan.h"
#include "searcher/execute/range_kernels.h"
#include "searcher/rank/collector.h"

typedef struct Execution {
    const Plan *plan;
    size_t segment_number;
    Segment *segment;
    uint32_t first_docid;   /* global docid of the segment's document 0 */
    const IdFilter *filter; /* NULL: all documents */
    const uint64_t *live;   /* a bit for each document of the segment that may
                               be a hit; NULL: all */
    const uint8_t *norms;
    const RangeKernels *kernels; /* of this machine */
    ListCursor *cursors;         /* plan->cursor_count of them */
    PhraseMatcher **matchers;    /* by PlanNode.number; NULL for other leaves */
    Collector *collector;        /* NULL: only count */
    bool count;                  /* whether total is wanted */
    uint64_t total;              /* matches in the segments before this one */
    uint64_t matches;            /* in this segment; valid if `counted` */
    bool counted;
    Arena *arena; /* for the executor's own arrays */
} Execution;

/* Whether a document of the segment may be a hit. */
static inline bool execution_is_live(const Execution *execution, uint32_t docid)
{
    const uint64_t *live = execution->live;
    return !live || (live[docid / 64] >> (docid % 64) & 1);
}

/* Reports how many documents of the segment match. A number replaces the one
 * before, so an executor that has counted may still hand over to another. */
static inline void execution_set_count(Execution *execution, uint64_t matches)
{
    execution->matches = matches;
    execution->counted = true;
}

/* Every list from its start again. */
void execution_rewind(Execution *execution);

/* Scores and counts every match: no bound, no threshold. */
NODISCARD Status execute_exhaustive(Execution *execution, Error *error);

/* The exact score of a document, as execute_exhaustive computes it; false if
 * the plan does not match it. Docids go forward. */
bool score_document(Execution *execution, const PlanNode *node, uint32_t docid,
                    float *score);

#endif
