/* batch_report.h - what is to be said of a batch when it is done. */
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

/* One query more, in the order of the file. */
void batch_report_add(BatchReport *report, Span qid, bool failed, uint64_t hits,
                      double seconds);

/* Says on stderr what went without hits or failed. */
void batch_report_say(const BatchReport *report);

/* --timing: queries a second; mean, median, 99th percentile, longest. */
void batch_report_say_times(BatchReport *report);

void batch_report_release(BatchReport *report);

#endif
