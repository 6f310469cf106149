/* batch_worker.h - answers the queries of a batch on one thread. */
#ifndef QUERN_SEARCHER_BATCH_WORKER_H
#define QUERN_SEARCHER_BATCH_WORKER_H

#include "searcher/output/hit_writer.h"
#include "searcher/search_session.h"
#include "searcher/topics/topics.h"

/* The output of one query. The Bufs are owned and reused. */
typedef struct BatchAnswer {
    Buf text;     /* for standard output */
    Buf warnings; /* for standard error, one per line */
    Buf trace;    /* for standard error */
    Status status;
    Error error; /* if status is not OK; text is empty then */
    uint64_t hits;
    double seconds;
} BatchAnswer;

void batch_answer_release(BatchAnswer *answer);

typedef struct BatchWorker {
    const Settings *settings;
    const HitStyle *style;
    Session session;
    HitWriter *writer;
} BatchWorker;

/* All arguments must outlive the worker. */
NODISCARD Status batch_worker_open(BatchWorker *worker, Index *index,
                                   const Settings *settings,
                                   const HitStyle *style, Error *error);
void batch_worker_close(BatchWorker *worker); /* all zero is fine */

void batch_worker_answer(BatchWorker *worker, const Topic *topic,
                         BatchAnswer *answer);

#endif
