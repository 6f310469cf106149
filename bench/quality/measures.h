/* measures.h - measures of ranking quality, as trec_eval computes them.
 *
 *   AP      average precision (trec_eval: map)
 *   nDCG@k  discounted cumulative gain, the gain being the relevance, divided
 *           by that of the ideal ranking (ndcg_cut_k)
 *   P@k     share of relevant documents among k, also if fewer were returned
 *           (P_k)
 *   R@k     share of the relevant documents that are among the first k
 *           (recall_k)
 *   RR      1 / rank of the first relevant document (recip_rank); RR@k: of the
 *           run cut at k
 *   bpref   how often relevant documents are above judged, not relevant ones
 *           (Buckley and Voorhees, SIGIR 2004)
 */
#ifndef QUERN_QUALITY_MEASURES_H
#define QUERN_QUALITY_MEASURES_H

#include "common/base/buf.h"

typedef enum MeasureKind {
    MEASURE_AP,
    MEASURE_NDCG,
    MEASURE_PRECISION,
    MEASURE_RECALL,
    MEASURE_RR,
    MEASURE_BPREF
} MeasureKind;

typedef struct Measure {
    MeasureKind kind;
    uint32_t k; /* 0: the whole run */
} Measure;

enum { MAX_MEASURES = 32 };

typedef struct MeasureList {
    Measure items[MAX_MEASURES];
    size_t count;
} MeasureList;

#define DEFAULT_MEASURES "AP,nDCG@10,P@10,R@1000,RR,bpref"

/* Reads "AP,nDCG@10"; names in upper or lower case. ERR_USAGE names a measure
 * that is unknown or given twice. */
NODISCARD Status measures_parse(const char *text, MeasureList *out,
                                Error *error);

/* Its name: "nDCG@10". */
void put_measure(Buf *out, Measure measure);

enum { RELEVANCE_UNJUDGED = -1 };

/* The documents of one query. */
typedef struct JudgedRanking {
    const int32_t *relevance; /* by rank; below 0: not judged */
    size_t count;
    const int32_t *ideal; /* the relevance of all relevant documents, highest
                             first */
    size_t relevant;      /* how many they are */
    size_t not_relevant;  /* documents judged not relevant */
} JudgedRanking;

/* 0 if no document is relevant. */
double measure_compute(Measure measure, const JudgedRanking *ranking);

#endif
