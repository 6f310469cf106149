/* search_trace.h - how a query was executed: plan, executors, counters, times.
 *
 * SearchOptions.trace asks for it. Executors always count (once a block or
 * range, see ExecutionCounters); only times and lists are taken on request.
 */
#ifndef QUERN_SEARCH_SEARCH_TRACE_H
#define QUERN_SEARCH_SEARCH_TRACE_H

#include "common/base/buf.h"
#include "searcher/search/executors/execution.h"

/* The list of a term in a segment. */
typedef struct ListTrace {
    Span text;
    const char *storage; /* "blocks", "bitmap", ... */
    uint32_t df;         /* in the segment */
    uint32_t blocks;     /* 0: not stored in blocks */
    uint32_t decoded;    /* how often one of them was unpacked, which may be
                            more than once */
} ListTrace;

typedef struct SegmentTrace {
    const char *path; /* borrowed from the index */
    uint32_t documents;
    const char *ranked_by;  /* executors; NULL: none */
    const char *counted_by; /* if it was another */
    uint64_t ranges, ranges_scored, documents_scored;
    ListTrace *lists;
    size_t list_count;
    uint64_t ns;
} SegmentTrace;

/* Valid until the next search of the context. */
typedef struct SearchTrace {
    SegmentTrace *segments;
    size_t segment_count;
    uint64_t plan_ns, execute_ns, rank_ns;
    float first_threshold; /* a score that k documents were known to reach */
    bool is_guessed;       /* ... or rightly guessed to */
} SearchTrace;

/* Counters over all segments. */
typedef struct TraceTotals {
    uint64_t postings; /* of all lists */
    uint64_t blocks, blocks_decoded;
    uint64_t ranges, ranges_scored, documents_scored;
} TraceTotals;

TraceTotals search_trace_totals(const SearchTrace *trace);

/* For people: a line for each segment and list. Terms are made visible. */
void put_search_trace(Buf *out, const SearchTrace *trace);

/* For machines: "executor":"...","blocks":12,... without braces. */
void put_search_trace_members(Buf *out, const SearchTrace *trace);

/* For search.c. All memory is the arena's. */

NODISCARD Status search_trace_start(SearchTrace *trace, const Plan *plan,
                                    Arena *arena, Error *error);

/* Forgets all segments: the query is executed again. */
void search_trace_restart(SearchTrace *trace);

/* A segment that is not entered: no document of it matches, or scores enough.
 */
void search_trace_left_out(SearchTrace *trace, const Segment *segment);

/* Takes what happened in the segment that the execution is in. */
void search_trace_segment(SearchTrace *trace, const Execution *execution,
                          uint64_t ns);

#endif
