/* batch_worker.h - one thread's share of a batch: a topic becomes an answer. */
#ifndef QUERN_SEARCHER_BATCH_WORKER_H
#define QUERN_SEARCHER_BATCH_WORKER_H

#include "searcher/output/hit_writer.h"
#include "searcher/search_session.h"
#include "searcher/topics/topics.h"

/* The answer to one topic: what is to be written and said. The Bufs are
 * owned and used again. */
typedef struct BatchAnswer {
    Buf text;     /* for standard output */
    Buf warnings; /* for standard error, a line each */
    Status status;
    Error error; /* where status is not OK; text is empty then */
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

/* Everything given must outlive the worker. */
NODISCARD Status batch_worker_open(BatchWorker *worker, Index *index,
                                   const Settings *settings,
                                   const HitStyle *style, Error *error);
void batch_worker_close(BatchWorker *worker); /* all zero is fine */

void batch_worker_answer(BatchWorker *worker, const Topic *topic,
                         BatchAnswer *answer);

#endif
