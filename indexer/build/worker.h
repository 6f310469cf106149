/* worker.h - one thread tokenizes, inverts and compresses batches.
 *
 * Tokens go to an inverter of its own, which is written out as a sorted run
 * when it takes more memory than its share; text is packed into frames.
 */
#ifndef QUERN_BUILD_WORKER_H
#define QUERN_BUILD_WORKER_H

#include "common/segment/documents/stored_writer.h"
#include "common/text/analyzer.h"
#include "indexer/build/batch.h"
#include "indexer/build/runs.h"

typedef struct WorkerOptions {
    const Analyzer *analyzer; /* borrowed */
    const char *folder;       /* borrowed: for runs */
    const Buf *dictionary;    /* borrowed: of stored text, NULL: none kept;
                                 complete before the first batch */
    bool has_positions;
} WorkerOptions;

typedef struct Worker {
    const WorkerOptions *options; /* borrowed */
    TokenStream *stream;
    Inverter *inverter;
    ZipPacker *packer; /* made with the first batch */
    Spool runs;
    Buf run_ends; /* u64: where each run ends in the spool */
} Worker;

NODISCARD Status worker_init(Worker *worker, const WorkerOptions *options,
                             Error *error);
void worker_release(Worker *worker);

/* Fills in the results of the batch; writes a run if the inverter takes more
 * than `memory` afterwards. */
NODISCARD Status worker_process(Worker *worker, Batch *batch, uint64_t memory,
                                Error *error);

/* All runs, the one in memory last. They borrow from the worker. */
NODISCARD Status worker_add_runs(Worker *worker, Runs *runs, Error *error);

#endif
