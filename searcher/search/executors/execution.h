/* execution.h - what every executor works on: one segment of a planned query.
 *
 * Executors push documents to one collector, segment after segment, so that all
 * share its threshold. There a document is named by its global docid.
 */
#ifndef QUERN_EXECUTORS_EXECUTION_H
#define QUERN_EXECUTORS_EXECUTION_H

#include "searcher/search/cursors/list_cursor.h"
#include "searcher/search/cursors/phrase_match.h"
#include "searcher/search/executors/collector.h"
#include "searcher/search/kernels/range_kernels.h"
#include "searcher/search/plan/plan.h"

/* What executors did in a segment, for traces. They count once a block or
 * range, never once a posting, so that counting costs nothing measurable. */
typedef struct ExecutionCounters {
    const char *executor;   /* the last to run; a constant */
    const char *ranked_by;  /* the one before it, if matches were counted in a
                               pass of their own */
    uint64_t ranges_scored; /* ranges in which documents were scored */
    uint64_t documents_scored;
} ExecutionCounters;

typedef struct Execution {
    const Plan *plan;
    size_t segment_index;
    Segment *segment;
    uint32_t first_docid;      /* global docid of the segment's document 0 */
    const SegmentScale *scale; /* of the segment's stored bounds */
    const uint64_t *live; /* a bit for each document of the segment that may
                             be a hit; NULL: all */
    bool is_filtered;     /* `live` leaves out documents that are not removed */
    const uint8_t *norms;
    const RangeKernels *kernels; /* of this machine */
    ListCursor *cursors;         /* plan->cursor_count of them */
    PhraseMatcher **matchers;    /* by PlanNode.first_cursor; NULL for leaves
                                    without positions */
    Collector *collector;        /* NULL: only count */
    bool count;                  /* whether to count matches */
    uint64_t total;              /* matches in the segments before this one */
    uint64_t matches;            /* in this segment; valid if `counted` */
    bool counted;
    ExecutionCounters counters;
    Arena *arena; /* for the executor's own arrays */
} Execution;

/* Whether a document of the segment may be a hit. */
static inline bool execution_is_live(const Execution *execution, uint32_t docid)
{
    const uint64_t *live = execution->live;
    return !live || (live[docid / 64] >> (docid % 64) & 1);
}

/* Reports how many documents of the segment match. A later call replaces the
 * count, so an executor that has counted may still hand over to another. */
static inline void execution_set_count(Execution *execution, uint64_t matches)
{
    execution->matches = matches;
    execution->counted = true;
}

/* Prepares to execute a plan; all memory is the arena's. */
NODISCARD Status execution_init(Execution *execution, const Plan *plan,
                                Arena *arena, Error *error);

/* Sets up cursors and phrase matchers for a segment. Only documents whose bit
 * is set in `filter` may be hits, or, if that is NULL, live documents; it is
 * borrowed until execution_leave. */
NODISCARD Status execution_enter(Execution *execution, size_t segment_index,
                                 const uint64_t *filter, Error *error);

/* Moves every cursor back to the start of its list. */
void execution_rewind(Execution *execution);

/* Releases cursors and matchers; ERR_NO_MEMORY if a matcher ran out of memory.
 */
NODISCARD Status execution_leave(Execution *execution, Error *error);

#endif
