/* pipeline.h - batches of documents worked on by several threads.
 *
 * The calling thread reads; workers do the rest. Results are taken over in the
 * order of documents. The calling thread also works while it has no batch to
 * fill: with one thread there is no other, and nothing waits. Threads are
 * started one by one, not for a few batches.
 */
#ifndef QUERN_BUILD_PIPELINE_H
#define QUERN_BUILD_PIPELINE_H

#include "indexer/build/worker.h"

typedef struct Pipeline Pipeline;

/* Takes over a finished batch: called in the order of documents, by one
 * thread at a time. */
typedef Status PipelineCommit(void *self, const Batch *batch, Error *error);

/* Borrows the options until pipeline_free. `memory` is what all inverters
 * together may take. */
NODISCARD Status pipeline_new(const WorkerOptions *options, uint32_t threads,
                              uint64_t memory, PipelineCommit *commit,
                              void *self, Pipeline **out, Error *error);
void pipeline_free(Pipeline *pipeline);

/* A batch to be filled; works or waits until one may be. */
NODISCARD Status pipeline_take(Pipeline *pipeline, Batch **out, Error *error);

/* Hands over a batch; batches come in the order of their documents. */
void pipeline_submit(Pipeline *pipeline, Batch *batch);

void pipeline_set_memory(Pipeline *pipeline, uint64_t memory);

/* Works until all batches are done and the threads have ended. */
NODISCARD Status pipeline_finish(Pipeline *pipeline, Error *error);

/* After pipeline_finish: the runs of all workers, which they borrow. */
NODISCARD Status pipeline_add_runs(Pipeline *pipeline, Runs *runs,
                                   Error *error);

#endif
