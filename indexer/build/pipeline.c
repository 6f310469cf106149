/* pipeline.c - batches of documents worked on by several threads.
 *
 *            take            submit            (workers)          commit
 *   free ────────▶ reader ────────▶ queued ────────▶ in work ────────▶ free
 *
 * One mutex guards the lists; it is held while results are taken over, which
 * is little more than copying, and never while a batch is worked on.
 */
#include "indexer/build/pipeline.h"

#include "common/base/thread.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    BATCHES_PER_THREAD = 2, /* one in work, one waiting */
    ALONE_BATCHES = 4       /* so many first ones are not worth a thread */
};

/* Batches on their way hold back the reader beyond this. */
static const size_t most_bytes_on_way = 64u << 20;

typedef struct BatchList {
    Batch *first, *last;
} BatchList;

struct Pipeline {
    PipelineCommit *commit;
    void *self;                   /* borrowed, of commit */
    const WorkerOptions *options; /* borrowed */
    Worker *workers;
    uint32_t worker_limit; /* threads that there may be */
    uint32_t worker_count; /* so far; the calling thread's is the first */
    uint64_t submitted;    /* batches */
    pthread_t *threads;
    uint32_t thread_count;

    pthread_mutex_t mutex; /* guards all that follows */
    pthread_cond_t queued; /* there is work, or no more will come */
    pthread_cond_t freed;  /* a batch was taken over, or something failed */
    uint64_t memory;       /* of one inverter */
    Batch *free_batches;
    BatchList queue;  /* waits for a worker */
    BatchList on_way; /* submitted, not taken over: linked by `follower` */
    size_t batches_on_way, bytes_on_way;
    Batch *all_batches; /* owned, linked by `sibling` */
    bool closing;
    Status status;
    Error error;
};

/* With one thread a batch is worked on as soon as it is full, while it is in
 * the cache. */
static size_t most_on_way(const Pipeline *pipeline)
{
    if (pipeline->worker_count == 1) return 1;
    return (size_t)pipeline->worker_count * BATCHES_PER_THREAD;
}

static void keep_failure(Pipeline *pipeline, Status status, const Error *error)
{
    if (pipeline->status != OK) return;
    pipeline->status = status;
    pipeline->error = *error;
}

static Batch *pop_queued(Pipeline *pipeline)
{
    Batch *batch = pipeline->queue.first;
    if (batch) pipeline->queue.first = batch->next;
    if (!pipeline->queue.first) pipeline->queue.last = NULL;
    return batch;
}

/* Takes over what is done, up to the first batch that is not. */
static void commit_done(Pipeline *pipeline)
{
    for (Batch *batch; (batch = pipeline->on_way.first) && batch->done;) {
        Error error;
        if (pipeline->status == OK) {
            Status status = pipeline->commit(pipeline->self, batch, &error);
            if (status != OK) keep_failure(pipeline, status, &error);
        }
        pipeline->on_way.first = batch->follower;
        if (!batch->follower) pipeline->on_way.last = NULL;
        pipeline->batches_on_way--;
        pipeline->bytes_on_way -= batch->content.size;
        /* More batches than go round: the first ones, which waited for the
         * dictionary. */
        if (pipeline->batches_on_way >= most_on_way(pipeline))
            batch_trim(batch);
        batch->next = pipeline->free_batches;
        pipeline->free_batches = batch;
    }
    pthread_cond_broadcast(&pipeline->freed);
}

/* Works on one batch; called and left with the mutex held. */
static void work(Pipeline *pipeline, Worker *worker, Batch *batch)
{
    Error error;
    Status status = pipeline->status;
    uint64_t memory = pipeline->memory;
    pthread_mutex_unlock(&pipeline->mutex);
    bool failed_before = status != OK;
    if (!failed_before) status = worker_process(worker, batch, memory, &error);
    pthread_mutex_lock(&pipeline->mutex);
    if (!failed_before && status != OK) keep_failure(pipeline, status, &error);
    batch->done = true;
    commit_done(pipeline);
}

typedef struct ThreadStart {
    Pipeline *pipeline;
    Worker *worker;
} ThreadStart;

static void *run_thread(void *argument)
{
    ThreadStart start = *(ThreadStart *)argument;
    free(argument);
    Pipeline *pipeline = start.pipeline;
    pthread_mutex_lock(&pipeline->mutex);
    for (;;) {
        Batch *batch = pop_queued(pipeline);
        if (batch) {
            work(pipeline, start.worker, batch);
        } else if (pipeline->closing) {
            break;
        } else {
            pthread_cond_wait(&pipeline->queued, &pipeline->mutex);
        }
    }
    pthread_mutex_unlock(&pipeline->mutex);
    return NULL;
}

static Status start_thread(Pipeline *pipeline, Worker *worker, Error *error)
{
    ThreadStart *start = malloc(sizeof *start);
    if (!start) return fail_memory(error, "starting threads");
    *start = (ThreadStart){pipeline, worker};
    pthread_t *thread = &pipeline->threads[pipeline->thread_count];
    if (thread_create(thread, run_thread, start) != 0) {
        free(start);
        return fail_advising(error, ERR_IO, ADVICE_FEWER_THREADS,
                             "cannot start thread %u",
                             pipeline->thread_count + 2);
    }
    pipeline->thread_count++;
    return OK;
}

/* One more of the workers, with a thread unless it is the first. */
static Status add_worker(Pipeline *pipeline, Error *error)
{
    Worker *worker = &pipeline->workers[pipeline->worker_count++];
    Status status = worker_init(worker, pipeline->options, error);
    return status == OK && pipeline->worker_count > 1
               ? start_thread(pipeline, worker, error)
               : status;
}

static Status start_workers(Pipeline *pipeline, Error *error)
{
    uint32_t limit = pipeline->worker_limit;
    pipeline->workers = calloc(limit, sizeof *pipeline->workers);
    pipeline->threads = calloc(limit, sizeof *pipeline->threads);
    if (!pipeline->workers || !pipeline->threads)
        return fail_memory(error, "starting threads");
    return add_worker(pipeline, error);
}

Status pipeline_new(const WorkerOptions *options, uint32_t threads,
                    uint64_t memory, PipelineCommit *commit, void *self,
                    Pipeline **out, Error *error)
{
    *out = NULL;
    Pipeline *pipeline = calloc(1, sizeof *pipeline);
    if (!pipeline) return fail_memory(error, "starting threads");
    pipeline->commit = commit;
    pipeline->self = self;
    pipeline->options = options;
    pipeline->worker_limit = threads;
    pipeline->memory = memory / threads;
    pthread_mutex_init(&pipeline->mutex, NULL);
    pthread_cond_init(&pipeline->queued, NULL);
    pthread_cond_init(&pipeline->freed, NULL);
    Status status = start_workers(pipeline, error);
    if (status != OK) {
        pipeline_free(pipeline);
        return status;
    }
    *out = pipeline;
    return OK;
}

/* Ends the threads; what is still queued is left. */
static void join_threads(Pipeline *pipeline)
{
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->closing = true;
    pthread_cond_broadcast(&pipeline->queued);
    pthread_mutex_unlock(&pipeline->mutex);
    for (uint32_t i = 0; i < pipeline->thread_count; i++)
        pthread_join(pipeline->threads[i], NULL);
    pipeline->thread_count = 0;
}

void pipeline_free(Pipeline *pipeline)
{
    if (!pipeline) return;
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->queue = (BatchList){0};
    pthread_mutex_unlock(&pipeline->mutex);
    join_threads(pipeline);
    for (uint32_t i = 0; i < pipeline->worker_count; i++)
        worker_release(&pipeline->workers[i]);
    for (Batch *batch = pipeline->all_batches, *next; batch; batch = next) {
        next = batch->sibling;
        batch_free(batch);
    }
    pthread_mutex_destroy(&pipeline->mutex);
    pthread_cond_destroy(&pipeline->queued);
    pthread_cond_destroy(&pipeline->freed);
    free(pipeline->workers);
    free(pipeline->threads);
    free(pipeline);
}

static bool must_hold_back(const Pipeline *pipeline)
{
    return pipeline->batches_on_way >= most_on_way(pipeline) ||
           pipeline->bytes_on_way > most_bytes_on_way;
}

/* Called with the mutex held. */
static void work_or_wait(Pipeline *pipeline)
{
    Batch *batch = pop_queued(pipeline);
    if (batch) {
        work(pipeline, &pipeline->workers[0], batch);
    } else {
        pthread_cond_wait(&pipeline->freed, &pipeline->mutex);
    }
}

static Batch *free_batch(Pipeline *pipeline)
{
    Batch *batch = pipeline->free_batches;
    if (batch) {
        pipeline->free_batches = batch->next;
        return batch;
    }
    batch = batch_new();
    if (!batch) return NULL;
    batch->sibling = pipeline->all_batches;
    pipeline->all_batches = batch;
    return batch;
}

Status pipeline_take(Pipeline *pipeline, Batch **out, Error *error)
{
    *out = NULL;
    pthread_mutex_lock(&pipeline->mutex);
    while (pipeline->status == OK && must_hold_back(pipeline))
        work_or_wait(pipeline);
    Status status = pipeline->status;
    if (status != OK) {
        *error = pipeline->error;
    } else {
        *out = free_batch(pipeline);
        if (!*out) status = fail_memory(error, "reading documents");
    }
    pthread_mutex_unlock(&pipeline->mutex);
    return status;
}

/* Called with the mutex held: a thread more, once there is much to do. */
static void grow(Pipeline *pipeline)
{
    Error error;
    if (pipeline->submitted++ < ALONE_BATCHES || pipeline->status != OK ||
        pipeline->worker_count == pipeline->worker_limit)
        return;
    Status status = add_worker(pipeline, &error);
    if (status != OK) keep_failure(pipeline, status, &error);
}

void pipeline_submit(Pipeline *pipeline, Batch *batch)
{
    batch->next = batch->follower = NULL;
    pthread_mutex_lock(&pipeline->mutex);
    if (pipeline->queue.last) {
        pipeline->queue.last->next = batch;
    } else {
        pipeline->queue.first = batch;
    }
    pipeline->queue.last = batch;
    if (pipeline->on_way.last) {
        pipeline->on_way.last->follower = batch;
    } else {
        pipeline->on_way.first = batch;
    }
    pipeline->on_way.last = batch;
    pipeline->batches_on_way++;
    pipeline->bytes_on_way += batch->content.size;
    grow(pipeline);
    pthread_cond_signal(&pipeline->queued);
    pthread_mutex_unlock(&pipeline->mutex);
}

void pipeline_set_memory(Pipeline *pipeline, uint64_t memory)
{
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->memory = memory / pipeline->worker_limit;
    pthread_mutex_unlock(&pipeline->mutex);
}

Status pipeline_finish(Pipeline *pipeline, Error *error)
{
    pthread_mutex_lock(&pipeline->mutex);
    while (pipeline->status == OK && pipeline->batches_on_way)
        work_or_wait(pipeline);
    pthread_mutex_unlock(&pipeline->mutex);
    join_threads(pipeline);
    if (pipeline->status != OK) *error = pipeline->error;
    return pipeline->status;
}

Status pipeline_add_runs(Pipeline *pipeline, Runs *runs, Error *error)
{
    Status status = OK;
    for (uint32_t i = 0; i < pipeline->worker_count && status == OK; i++)
        status = worker_add_runs(&pipeline->workers[i], runs, error);
    return status;
}
