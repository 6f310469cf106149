/* batch_report.h - the totals of a batch: failures, no hits, timing. */
#ifndef QUERN_SEARCHER_BATCH_REPORT_H
#define QUERN_SEARCHER_BATCH_REPORT_H

#include "common/base/buf.h"

typedef struct BatchReport {
    uint64_t queries, failed, without_hits, hits;
    Buf first_without_hits; /* "301, 302" */
    Buf times;              /* double: seconds of each query */
    double seconds;         /* of all, from the first to the last */
    uint64_t threads;
} BatchReport;

/* Adds the next query of the file. */
void batch_report_add(BatchReport *report, Span qid, bool failed, uint64_t hits,
                      double seconds);

/* Logs which queries had no hits and how many failed. */
void batch_report_log(const BatchReport *report);

/* --timing: logs queries per second, mean, median, 99th percentile, max. */
void batch_report_log_times(BatchReport *report);

void batch_report_release(BatchReport *report);

#endif
