/* evaluation.h - the quality of a run by judgements: per query and on average.
 *
 * Like trec_eval it evaluates the queries that are in both. `complete` also
 * counts those of the judgements that are not in the run, as 0 (trec_eval -c).
 */
#ifndef QUERN_QUALITY_EVALUATION_H
#define QUERN_QUALITY_EVALUATION_H

#include "bench/quality/measures.h"
#include "bench/quality/qrels.h"
#include "bench/quality/trec_run.h"

typedef struct QueryQuality {
    Span qid;             /* of the run or the judgements, borrowed */
    uint64_t line;        /* where it begins there */
    bool is_missing;      /* not in the run: only if `complete` */
    const double *values; /* one a measure */
} QueryQuality;

/* Everything is the arena's. Start with {0}. */
typedef struct Evaluation {
    QueryQuality *queries; /* in the order of the run, missing ones last */
    size_t query_count;
    double means[MAX_MEASURES]; /* 0 without queries */
    size_t not_judged; /* queries of the run without judgements, left out */
    size_t missing;    /* queries of the judgements that are not in the run */
    size_t shared_ids; /* documents of the run that are judged */
    Arena arena;
} Evaluation;

/* The run is sorted (trec_run_sort). */
NODISCARD Status evaluation_compute(const TrecRun *run, const Qrels *qrels,
                                    const MeasureList *measures, bool complete,
                                    Evaluation *out, Error *error);
void evaluation_release(Evaluation *evaluation);

#endif
